package io.pychain.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a newcomer feels first: how long `./run N` takes until every node sees every other, on
/// fresh folders and again on the same ones, and how much memory a node takes then (Linux only:
/// VmRSS, and PSS, which counts a page shared by n processes as one nth).
final class StartupBenchmark implements Benchmark {

  private static final List<Integer> CLIENTS = List.of(4, 31);
  private static final double KIB_PER_MIB = 1024;

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
    for (int clients : CLIENTS) {
      try (DevelopmentNetwork network = new DevelopmentNetwork()) {
        measure(report, clients, "fresh", network);
        measure(report, clients, "again", network);
      }
    }
  }

  private void measure(Report report, int clients, String start, DevelopmentNetwork network)
      throws IOException, InterruptedException {
    try {
      JsonNode started = network.start(clients);
      List<Double> rss = new ArrayList<>();
      List<Double> pss = new ArrayList<>();
      for (JsonNode node : started.path("nodes")) {
        Path process = Path.of("/proc", node.path("pid").asText());
        rss.add(mib(process.resolve("status"), "VmRSS:"));
        pss.add(mib(process.resolve("smaps_rollup"), "Pss:"));
      }
      double largest = rss.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      double seconds = started.path("seconds").asDouble();
      report.row(clients + 1, start, seconds, mean(rss), largest, mean(pss));
    } finally {
      network.stop();
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
}
