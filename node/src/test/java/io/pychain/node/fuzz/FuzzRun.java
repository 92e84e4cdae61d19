package io.pychain.node.fuzz;

import io.pychain.node.fuzz.Target.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One search by Jazzer, in a process of its own, since it changes the classes that it runs.
///
/// @param target its name
/// @param inputs to try; Jazzer ends at the first finding
/// @param limit of time
/// @param seed of all luck
/// @param home of the sources
/// @param folder for the inputs that reach new code, and for what is found; is made
record FuzzRun(String target, long inputs, Duration limit, long seed, Path home, Path folder) {
  private static final String FIGURES = "figures";

  /// What a search has come to.
  ///
  /// @param malformed inputs that were nothing at all
  /// @param refused inputs that were understood and refused
  /// @param taken inputs that were genuine, or need no signature
  /// @param seconds that it took
  /// @param finding the input that must not have come through, if there is one
  /// @param output of Jazzer
  record Result(
      long malformed,
      long refused,
      long taken,
      double seconds,
      Optional<Path> finding,
      String output) {
    long executions() {
      return malformed + refused + taken;
    }
  }

  /// Runs it to its end.
  ///
  /// @throws IOException if no process can be started, or it did not do what it was started for
  Result run() throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    List<byte[]> seeds = Targets.find(target).orElseThrow().seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    long start = System.nanoTime();
    Path log = folder.resolve("jazzer.log");
    Process process =
        new ProcessBuilder(command(corpus))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    return result(process.exitValue(), log, (System.nanoTime() - start) / 1e9);
  }

  private List<String> command(Path corpus) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.add("-Dpychain.home=" + home);
    command.add("-D" + Fuzz.TARGET + "=" + target);
    command.add("-D" + Fuzz.FIGURES + "=" + folder.resolve(FIGURES));
    command.addAll(List.of("-cp", classPath(), "com.code_intelligence.jazzer.Jazzer"));
    command.add("--target_class=" + Fuzz.class.getName());
    command.add("--instrumentation_includes=io.pychain.core.**:io.pychain.node.**");
    command.add("--reproducer_path=" + folder);
    command.add("-runs=" + inputs);
    command.add("-max_total_time=" + limit.toSeconds());
    command.add("-seed=" + seed);
    command.add("-artifact_prefix=" + folder + "/");
    command.add(corpus.toString());
    return command;
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private Result result(int exit, Path log, double seconds) throws IOException {
    String output = Files.readString(log);
    Optional<Path> finding = finding();
    Path figures = folder.resolve(FIGURES);
    if (finding.isEmpty() && (exit != 0 || !Files.exists(figures))) {
      throw new IOException("Jazzer ended with " + exit + ":\n" + output);
    }
    List<String> lines = Files.exists(figures) ? Files.readAllLines(figures) : List.of();
    return new Result(
        count(lines, Outcome.MALFORMED),
        count(lines, Outcome.REFUSED),
        count(lines, Outcome.TAKEN),
        seconds,
        finding,
        output);
  }

  private Optional<Path> finding() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(crash|timeout|oom|slow-unit)-.*"))
          .findFirst();
    }
  }

  private static long count(List<String> figures, Outcome outcome) {
    String prefix = outcome + "=";
    return figures.stream()
        .filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
        .findFirst()
        .orElse(0);
  }

  /// Gives one target the bytes of a file, as Jazzer would.
  static void replay(String target, Path file) {
    try {
      Targets.find(target).orElseThrow().run(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
