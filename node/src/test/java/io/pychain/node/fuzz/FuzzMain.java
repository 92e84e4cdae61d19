package io.pychain.node.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// `./bench fuzz [--inputs N] [--seconds N] [--seed N] [TARGET…]` searches, all targets if none is
/// named; `./bench fuzz --replay TARGET FILE` gives one of them what was found before.
public final class FuzzMain {
  private static final long INPUTS = 10_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /// Part of all inputs that a target gets, in thousandths: the more, the more it can give away,
  /// and the less the longer it takes. A conversation has dozens of frames in it.
  private static final List<Share> SHARES =
      List.of(
          new Share("frames", 530),
          new Share("contents", 100),
          new Share("forgeries", 300),
          new Share("conversations", 5),
          new Share("door", 20),
          new Share("requests", 20),
          new Share("texts", 25));

  private record Share(String target, int thousandths) {}

  private final Path home = Path.of(System.getProperty("pychain.home", ".")).toAbsolutePath();
  private long inputs = INPUTS;
  private Duration limit = LIMIT;
  private long seed = new SplittableRandom().nextLong(1, Integer.MAX_VALUE);
  private final List<String> targets = new ArrayList<>();

  private FuzzMain() {}

  public static void main(String[] arguments) throws Exception {
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    if ("--replay".equals(left.peek())) {
      FuzzRun.replay(arguments[1], Path.of(arguments[2]));
      System.out.println("nothing happened that must not");
      return;
    }
    FuzzMain main = new FuzzMain();
    while (!left.isEmpty()) {
      main.take(left.pop(), left);
    }
    System.exit(main.run() ? 0 : 1);
  }

  private void take(String word, Deque<String> left) {
    switch (word) {
      case "--inputs" -> inputs = Long.parseLong(left.pop());
      case "--seconds" -> limit = Duration.ofSeconds(Long.parseLong(left.pop()));
      case "--seed" -> seed = Long.parseLong(left.pop());
      default -> targets.add(word);
    }
  }

  private boolean run() throws IOException, InterruptedException {
    List<Share> chosen =
        SHARES.stream()
            .filter(share -> targets.isEmpty() || targets.contains(share.target()))
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("there is no such target; there are: " + SHARES);
    }
    int all = chosen.stream().mapToInt(Share::thousandths).sum();
    System.out.printf("fuzz: %d inputs, seed %d%n", inputs, seed);
    System.out.printf(
        "%-14s %12s %12s %12s %12s %9s %8s%n",
        "target", "executions", "malformed", "refused", "genuine", "accepted", "s");
    long executions = 0;
    long findings = 0;
    for (Share share : chosen) {
      FuzzRun.Result result = run(share, all, chosen.size());
      executions += result.executions();
      findings += result.finding().isPresent() ? 1 : 0;
    }
    System.out.printf("in all %d executions, %d accepted that must not be%n", executions, findings);
    return findings == 0;
  }

  private FuzzRun.Result run(Share share, int all, int chosen)
      throws IOException, InterruptedException {
    Path folder = home.resolve("benchmarks/results/fuzz").resolve(share.target());
    deleteOld(folder);
    long part = Math.max(1, inputs * share.thousandths() / all);
    Duration time = limit.dividedBy(chosen);
    var result = new FuzzRun(share.target(), part, time, seed, home, folder).run();
    System.out.printf(
        "%-14s %12d %12d %12d %12d %9d %8.0f%n",
        share.target(),
        result.executions(),
        result.malformed(),
        result.refused(),
        result.taken(),
        result.finding().isPresent() ? 1 : 0,
        result.seconds());
    explain(share, result.finding(), result.output());
    return result;
  }

  private void explain(Share share, Optional<Path> finding, String output) {
    finding.ifPresent(input -> {
      output
          .lines()
          .filter(line -> line.startsWith("== Java Exception"))
          .forEach(System.out::println);
      System.out.println(
          "replay: ./bench fuzz --replay " + share.target() + " " + home.relativize(input));
    });
  }

  /// What was found before stays; what is left of the search does not.
  private static void deleteOld(Path folder) throws IOException {
    Path corpus = folder.resolve("corpus");
    if (Files.isDirectory(corpus)) {
      try (var files = Files.list(corpus)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(folder.resolve("figures"));
  }
}
