package io.pychain.benchmarks.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.benchmarks.DevelopmentNetwork;
import io.pychain.benchmarks.Report;
import io.pychain.node.PychainNode;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A boot node in a process of its own, a flood, and an honest newcomer in the middle of it.
final class BootUnderFlood {
  private static final int PER_SECOND = 1_000;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration MEASURED = Duration.ofSeconds(20);
  private static final int PAGE_BYTES = 4_096;

  private final Report report;
  private final ProcessHandle boot;
  private final InetSocketAddress peer;
  private final Path folder;
  private int newcomers;

  private BootUnderFlood(Report report, JsonNode boot, Path folder) {
    String[] address = boot.path("peer").asText().split(":", -1);
    this.report = report;
    this.boot = ProcessHandle.of(boot.path("pid").asLong()).orElseThrow();
    this.peer = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
    this.folder = folder;
  }

  static void measure(Report report) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("pychain-newcomers");
    try (DevelopmentNetwork network = new DevelopmentNetwork()) {
      try {
        JsonNode boot = network.start(1).path("nodes").path(0);
        BootUnderFlood trial = new BootUnderFlood(report, boot, folder);
        report.row("honest join, no flood", trial.join(), "s");
        for (Flood.Kind kind : Flood.Kind.values()) {
          trial.under(kind);
        }
      } finally {
        network.stop();
      }
    } finally {
      delete(folder);
    }
  }

  private void under(Flood.Kind kind) throws IOException, InterruptedException {
    Flood flood = new Flood(peer, kind, PER_SECOND);
    try {
      Thread.sleep(WARM_UP);
      measure(flood, kind.name().toLowerCase(Locale.ROOT) + ": ");
    } finally {
      flood.stop();
    }
  }

  private void measure(Flood flood, String name) throws IOException, InterruptedException {
    long done = flood.done();
    Duration before = cpu();
    double memory = memoryMib();
    long start = System.nanoTime();
    double join = join();
    Thread.sleep(MEASURED.minusNanos(System.nanoTime() - start));
    double seconds = (System.nanoTime() - start) / 1e9;
    double busy = cpu().minus(before).toNanos() / 1e9;
    report.row(name + "bogus joins", (flood.done() - done) / seconds, "/s");
    report.row(name + "unanswered", (double) flood.failed(), "in all");
    report.row(name + "boot node", 100 * busy / seconds, "% of one core");
    report.row(name + "memory before", memory, "MiB resident");
    report.row(name + "memory after", memoryMib(), "MiB resident");
    report.row(name + "honest join", join, "s");
  }

  private Duration cpu() {
    return boot.info().totalCpuDuration().orElseThrow();
  }

  private double memoryMib() throws IOException {
    String statm = Files.readString(Path.of("/proc", "" + boot.pid(), "statm"));
    return Long.parseLong(statm.split(" ", -1)[1]) * PAGE_BYTES / 1048576.0;
  }

  /// From an empty folder to a member, in seconds.
  private double join() throws IOException {
    NodeConfig config =
        NodeConfig.builder()
            .storageDir(folder.resolve("newcomer-" + ++newcomers))
            .bootNodes(peer.getHostString() + ":" + peer.getPort())
            .peerListen(new Endpoint("127.0.0.1", Endpoint.OPEN))
            .apiListen(Optional.empty())
            .build();
    long start = System.nanoTime();
    PychainNode node = PychainNode.start(config);
    double seconds = (System.nanoTime() - start) / 1e9;
    node.close();
    return seconds;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
