package io.pychain.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What a newcomer feels first: how long `./run N` takes until every node sees every other, on
/// fresh folders and again on the same ones, and how much memory a node takes then (Linux only:
/// VmRSS, and PSS, which counts a page shared by n processes as one nth).
final class StartupBenchmark implements Benchmark {

  private static final List<Integer> CLIENTS = List.of(4, 31);
  private static final double KIB_PER_MIB = 1024;

  private final Path home = Path.of(System.getProperty("pychain.home", ".")).toAbsolutePath();

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String what() {
    return "./run N on this machine: seconds until all nodes see all, memory of a node in MiB";
  }

  @Override
  public void run(Report report) throws IOException, InterruptedException {
    report.columns("nodes", "start", "seconds", "rss_mib_mean", "rss_mib_max", "pss_mib_mean");
    // The first one may have to build, which is not what is measured.
    execute("pychain", "--version");
    for (int clients : CLIENTS) {
      Path folder = Files.createTempDirectory("pychain-startup");
      try {
        measure(report, clients, "fresh", folder);
        measure(report, clients, "again", folder);
      } finally {
        delete(folder);
      }
    }
  }

  private void measure(Report report, int clients, String start, Path folder)
      throws IOException, InterruptedException {
    String dir = folder.toString();
    try {
      String answer = execute("run", "" + clients, "--detach", "--json", "--dir", dir);
      JsonNode network = new ObjectMapper().readTree(answer);
      List<Double> rss = new ArrayList<>();
      List<Double> pss = new ArrayList<>();
      for (JsonNode node : network.path("nodes")) {
        Path process = Path.of("/proc", node.path("pid").asText());
        rss.add(mib(process.resolve("status"), "VmRSS:"));
        pss.add(mib(process.resolve("smaps_rollup"), "Pss:"));
      }
      double largest = rss.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      double seconds = network.path("seconds").asDouble();
      report.row(clients + 1, start, seconds, mean(rss), largest, mean(pss));
    } finally {
      execute("run", "stop", "--dir", dir);
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double mib(Path file, String field) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      String line = lines.filter(text -> text.startsWith(field)).findFirst().orElseThrow();
      return Integer.parseInt(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB;
    }
  }

  private String execute(String script, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve(script).toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return answer;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
