package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.cli.network.LaunchedNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a node ends: when asked to, and when it cannot start.
class StopProofTest {
  private static final int PUBLISHERS = 8;

  /// What a supervisor may give a node before it kills it; stopping takes a fraction.
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  /// Nobody makes folders there, whoever runs the tests.
  private static final String UNWRITABLE = "/proc/pychain";

  /// 128 + SIGTERM, as the JVM says of itself after it has stopped in order.
  private static final int TERMINATED = 143;

  @TempDir Path dir;

  @Test
  void sigtermStopsABusyNodeInTimeWithNothingAcknowledgedLost() {
    Map<String, String> acknowledged = new ConcurrentSkipListMap<>();
    try (ProcessNetwork network = ProcessNetwork.running(dir, 1)) {
      ProcessNode client = network.nodes().get(1);
      List<Thread> publishers =
          IntStream.range(0, PUBLISHERS)
              .mapToObj(
                  i -> Thread.ofVirtual().start(() -> publishWhileItRuns(client, i, acknowledged)))
              .toList();
      Await.until("it is busy", () -> acknowledged.size() > 100, network::circumstances);

      Instant asked = Instant.now();
      int code = client.stop();
      Duration took = Duration.between(asked, Instant.now());
      publishers.forEach(StopProofTest::join);

      System.out.printf("proof: a busy node stops within %d ms%n", took.toMillis());
      assertThat(code).as(client.lastWords()).isEqualTo(TERMINATED);
      assertThat(client.log("network_sync.log")).contains("node stopped");
      assertThat(took).isLessThan(STOP_MAX);
      ProcessNode _ = client.restart().ready();
      network.awaitDelivered(network.nodes(), acknowledged.keySet());
      Deliveries.checkHolds(network.first(), acknowledged);
      Deliveries.checkSameEverywhere(network.nodes());
    }
  }

  private static void publishWhileItRuns(
      ProcessNode node, int publisher, Map<String, String> acknowledged) {
    boolean answers = true;
    for (int i = 0; answers; i++) {
      String json = "\"%d of publisher %d\"".formatted(i, publisher);
      Optional<Api.Answer> answer = node.api().publish(json);
      answer
          .flatMap(Api.Answer::acknowledged)
          .ifPresent(id -> assertThat(acknowledged.put(id, json)).isNull());
      answers = answer.isPresent();
    }
  }

  private static void join(Thread publisher) {
    try {
      assertThat(publisher.join(Await.PATIENCE)).as("the publisher ends").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aStorageDirThatCannotBeWrittenIsNamed() {
    Program.Ended ended = start(Map.of("STORAGE_DIR", UNWRITABLE));

    checkRefused(ended, 1, "STORAGE_DIR", UNWRITABLE);
  }

  @Test
  void aLogDirThatCannotBeWrittenIsNamed() {
    Program.Ended ended = start(Map.of("LOG_DIR", UNWRITABLE));

    checkRefused(ended, 1, "LOG_DIR", UNWRITABLE);
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      checkRefused(start(Map.of("PEER_LISTEN", address)), 1, "PEER_LISTEN", port(taken));
      checkRefused(start(Map.of("API_LISTEN", address)), 1, "API_LISTEN", port(taken));
    }
  }

  private static String port(ServerSocket socket) {
    return Integer.toString(socket.getLocalPort());
  }

  @Test
  void aMalformedSettingIsNamedWithItsValueAndWhatIsAllowed() {
    Program.Ended ended = start(Map.of("NETWORK_SYNC_INTERVAL", "often"));

    checkRefused(ended, 2, "NETWORK_SYNC_INTERVAL", "often", "seconds");
  }

  @Test
  void aSecondNodeOnTheSameStorageIsTurnedAway() {
    try (ProcessNetwork network = new ProcessNetwork(dir)) {
      ProcessNode boot = network.boot();

      Program.Ended ended = start(Map.of("STORAGE_DIR", boot.launched().storageDir().toString()));

      checkRefused(ended, 1, boot.launched().storageDir().toString());
      assertThat(boot.publish("\"the first one works\"")).startsWith("0:1:");
    }
  }

  /// A boot node with these settings, and otherwise good ones.
  private Program.Ended start(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>();
    all.put("STORAGE_DIR", dir.resolve("storage").toString());
    all.put("LOG_DIR", dir.resolve("log").toString());
    all.put("PEER_LISTEN", "127.0.0.1:" + LaunchedNode.freePort());
    all.put("API_LISTEN", "127.0.0.1:" + LaunchedNode.freePort());
    all.putAll(settings);
    return Program.run(all, "boot");
  }

  private static void checkRefused(Program.Ended ended, int code, String... words) {
    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(code);
    assertThat(ended.errLines()).singleElement().asString().contains(words);
  }
}
