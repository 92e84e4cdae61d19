package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that cannot write any more, and can again later.
///
/// The disk is not filled: the system is told that no file of the process may grow beyond a size
/// (`prlimit --fsize`), which fails a write just as a full disk does, and harms nobody else.
class FullDiskProofTest {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  /// So much more may be written, in bytes, before there is no room.
  private static final int ROOM = 256 << 10;

  private static final int LENGTH = 20_000;
  private static final int UNAVAILABLE = 503;

  @TempDir Path dir;

  @Test
  void withoutRoomPublishingIsRefusedTheOthersGoOnAndItCatchesUpOnceThereIsRoom() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "prlimit is part of util-linux, on Linux only");
    Map<String, String> acknowledged = new TreeMap<>();
    try (ProcessNetwork network = ProcessNetwork.running(dir, 2)) {
      ProcessNode full = network.nodes().get(1);
      List<ProcessNode> others = List.of(network.nodes().get(0), network.nodes().get(2));
      acknowledged.put(full.publish("\"before\""), "\"before\"");

      limitFiles(full, largestFile(full) + ROOM);
      Api.Answer refused = publishUntilRefused(full, acknowledged);
      for (int i = 0; i < 20; i++) {
        String json = "\"%d, while one has no room\"".formatted(i);
        acknowledged.put(others.get(i % 2).publish(json), json);
      }
      network.awaitDelivered(others, acknowledged.keySet());

      System.out.println("proof: without room a publish is answered " + refused.text());
      assertThat(refused.json().path("detail").asText()).isNotBlank();
      assertThat(full.status().path("node").path("guid").asInt()).isEqualTo(full.guid());
      assertThat(full.log("mempool.log")).contains("store failed");

      liftLimit(full);
      acknowledged.put(full.publish("\"after\""), "\"after\"");
      network.awaitDelivered(network.nodes(), acknowledged.keySet());
      full.stop();
      ProcessNode _ = full.restart().ready();
      acknowledged.put(full.publish("\"again\""), "\"again\"");
      network.awaitDelivered(network.nodes(), acknowledged.keySet());

      for (ProcessNode node : network.nodes()) {
        Deliveries.checkHolds(node, acknowledged);
        Deliveries.checkOnceAndInOrder(node);
      }
      Deliveries.checkSameEverywhere(network.nodes());
    }
  }

  /// The refusal, once there is one.
  private static Api.Answer publishUntilRefused(
      ProcessNode node, Map<String, String> acknowledged) {
    for (int i = 0; i < 10 * ROOM / LENGTH; i++) {
      String json = "\"%d %s\"".formatted(i, "x".repeat(LENGTH));
      Api.Answer answer = node.api().publish(json).orElseThrow();
      if (answer.status() == UNAVAILABLE) {
        return answer;
      }
      acknowledged.put(answer.acknowledged().orElseThrow(), json);
    }
    throw new AssertionError("it goes on writing\n" + node.lastWords());
  }

  private static long largestFile(ProcessNode node) throws IOException {
    try (var files = Files.walk(node.launched().storageDir().resolveSibling("."))) {
      return files
          .filter(Files::isRegularFile)
          .mapToLong(file -> file.toFile().length())
          .max()
          .orElseThrow();
    }
  }

  /// Only the soft limit, which may be raised again by anybody.
  private static void limitFiles(ProcessNode node, long bytes) throws Exception {
    setLimit(node, "--fsize=" + bytes + ":");
  }

  private static void liftLimit(ProcessNode node) throws Exception {
    setLimit(node, "--fsize=unlimited:");
  }

  private static void setLimit(ProcessNode node, String limit) throws Exception {
    Process prlimit =
        new ProcessBuilder(PRLIMIT.toString(), "--pid", Long.toString(node.pid()), limit)
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(prlimit.exitValue()).as("prlimit " + limit).isZero();
  }
}
