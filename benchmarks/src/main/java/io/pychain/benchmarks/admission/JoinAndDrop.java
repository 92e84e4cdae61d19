package io.pychain.benchmarks.admission;

import io.pychain.benchmarks.Broadcasting;
import io.pychain.benchmarks.Broadcasting.Node;
import io.pychain.benchmarks.Broadcasting.Outcome;
import io.pychain.benchmarks.DevelopmentNetwork;
import io.pychain.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What members feel while an attacker joins and drops members as fast as the price lets it in the
/// long run: the same network before and meanwhile.
final class JoinAndDrop {
  private static final int CLIENTS = 3;
  private static final int MESSAGES = 600;
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(50);

  /// What leaks out of the bucket of all admissions.
  private static final Duration BETWEEN_VISITORS = Duration.ofMillis(250);

  private static final int PAGE_BYTES = 4_096;

  private final Report report;
  private final Broadcasting broadcasting = new Broadcasting();
  private final List<Node> nodes;

  private JoinAndDrop(Report report, List<Node> nodes) {
    this.report = report;
    this.nodes = nodes;
  }

  static void measure(Report report) throws IOException, InterruptedException {
    try (DevelopmentNetwork network = new DevelopmentNetwork()) {
      try {
        var started = network.start(CLIENTS);
        JoinAndDrop trial = new JoinAndDrop(report, Node.of(started));
        trial.part("warm up: ");
        trial.part("nobody comes: ");
        String[] peer = started.path("nodes").path(0).path("peer").asText().split(":", -1);
        try (Visitors visitors = new Visitors(peer[0], Integer.parseInt(peer[1]))) {
          visitors.begin(BETWEEN_VISITORS);
          trial.part("join and drop: ");
          report.row("join and drop: joined", (double) visitors.joined(), "in all");
          report.row("join and drop: refused", (double) visitors.refused(), "in all");
        }
      } finally {
        network.stop();
      }
    }
  }

  private void part(String name) throws IOException, InterruptedException {
    double[] before = cpuSeconds();
    long start = System.nanoTime();
    Outcome outcome = broadcasting.measure(nodes, MESSAGES, BETWEEN_MESSAGES);
    double seconds = (System.nanoTime() - start) / 1e9;
    double[] after = cpuSeconds();
    report.row(name + "share delivered", outcome.share(), "");
    report.row(name + "delay p50", outcome.delay(0.5), "ms");
    report.row(name + "delay p99", outcome.delay(0.99), "ms");
    report.row(name + "boot node", 100 * (after[0] - before[0]) / seconds, "% of one core");
    report.row(name + "a client", 100 * (after[1] - before[1]) / seconds, "% of one core");
    report.row(name + "a client", memoryMib(nodes.get(1)), "MiB resident");
  }

  private double[] cpuSeconds() {
    return nodes.stream()
        .mapToDouble(node ->
            ProcessHandle.of(node.pid())
                    .orElseThrow()
                    .info()
                    .totalCpuDuration()
                    .orElseThrow()
                    .toNanos()
                / 1e9)
        .toArray();
  }

  private static double memoryMib(Node node) throws IOException {
    String statm = Files.readString(Path.of("/proc", "" + node.pid(), "statm"));
    return Long.parseLong(statm.split(" ", -1)[1]) * PAGE_BYTES / 1048576.0;
  }
}
