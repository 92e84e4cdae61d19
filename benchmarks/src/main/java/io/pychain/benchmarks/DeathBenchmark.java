package io.pychain.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.benchmarks.Broadcasting.Node;
import io.pychain.benchmarks.Broadcasting.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// What most of a network feels when half of it dies: of 32 processes 16 are killed at once, and
/// the living broadcast from the same moment on, a message every 20 ms. How soon all of them have
/// all, and know all the dead.
///
/// The network has worked for a while before: processes that have just started run bytecode that
/// nobody has compiled yet, and two cores that compile for 32 of them are a figure of its own.
final class DeathBenchmark implements Benchmark {
  private static final int CLIENTS = 31;
  private static final int VICTIMS = 16;
  private static final int MESSAGES = 50;
  private static final int MESSAGES_BEFORE = 3_000;
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Broadcasting broadcasting = new Broadcasting();

  @Override
  public String name() {
    return "death";
  }

  @Override
  public String what() {
    return "./run 31, 16 killed at once, 50 messages/s from the living: share, delays, dead known";
  }

  @Override
  public boolean runsOnlyByName() {
    return true;
  }

  @Override
  public void run(Report report) throws IOException, InterruptedException {
    report.columns(
        "killed", "living", "share", "p50_ms", "p99_ms", "max_ms", "by_sync", "all_known_dead_s");
    try (DevelopmentNetwork network = new DevelopmentNetwork()) {
      try {
        measure(report, network.start(CLIENTS));
      } finally {
        network.stop();
      }
    }
  }

  private void measure(Report report, JsonNode network) throws IOException, InterruptedException {
    List<Node> living = Node.of(network);
    List<Node> clients = living.subList(1, living.size());
    Collections.shuffle(clients, new Random(1));
    List<Node> victims = List.copyOf(clients.subList(0, VICTIMS));
    living.removeAll(victims);
    Set<String> _ = broadcasting.publish(living, MESSAGES_BEFORE, BETWEEN_MESSAGES);
    Thread.sleep(REST);

    victims.forEach(
        victim -> ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly));
    Instant killed = Instant.now();
    Outcome outcome = broadcasting.measure(living, MESSAGES, BETWEEN_MESSAGES);
    double known = untilAllAreKnownDead(living, victims, killed);
    report.row(
        VICTIMS,
        living.size(),
        outcome.share(),
        outcome.delay(0.5),
        outcome.delay(0.99),
        outcome.delay(1),
        outcome.repaired(),
        known);
  }

  /// @return seconds, or NaN if it took longer than anybody would wait
  private double untilAllAreKnownDead(List<Node> living, List<Node> victims, Instant killed)
      throws IOException, InterruptedException {
    Instant latest = killed.plus(PATIENCE);
    while (Instant.now().isBefore(latest)) {
      boolean all = true;
      for (Node node : living) {
        all &= knowsDead(node) >= victims.size();
      }
      if (all) {
        return Duration.between(killed, Instant.now()).toMillis() / 1_000.0;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    return Double.NaN;
  }

  private int knowsDead(Node node) throws IOException, InterruptedException {
    return broadcasting.get(node, "/status").path("members").path("dead").asInt();
  }
}
