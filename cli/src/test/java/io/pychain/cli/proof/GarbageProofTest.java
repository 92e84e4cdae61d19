package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Strangers who send what they like to a node of three, which goes on with its work meanwhile.
@TestInstance(Lifecycle.PER_CLASS)
class GarbageProofTest {
  private static final long SEED = 4_242;
  private static final int EACH = 15;
  private static final int BYTES_MAX = 4_096;
  private static final int IDLE = 10_000;

  /// Links that are up and handshakes as far as the node's own limits let them, with its files.
  private static final int OPEN_FILES_MAX = 1_200;

  /// The same with all the connections that the API holds, of which there are many more.
  private static final int OPEN_FILES_WITH_API_MAX = 7_300;

  /// A heap of 96 MiB, and what the JVM needs beside it, several times what is normal.
  private static final int RESIDENT_MEBIBYTES_MAX = 400;

  private ProcessNetwork network;
  private ProcessNode target;

  @BeforeAll
  void startThree(@TempDir Path dir) {
    network = ProcessNetwork.running(dir, 2);
    target = network.nodes().get(1);
  }

  @AfterAll
  void stopAll() {
    network.close();
  }

  @Test
  void garbageOnThePeerPortIsCountedByReasonWhileMessagesGoOn() throws Exception {
    System.out.println("proof: garbage drawn from seed " + SEED);
    Random luck = new Random(SEED);
    int port = target.launched().peerPort();
    List<Callable<Void>> strangers = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      byte[] noise = noise(luck);
      strangers.add(saying(() -> Flood.say(port, noise)));
      strangers.add(saying(() -> Flood.say(port, ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))));
      strangers.add(saying(() -> Flood.sayInTls(port, framed(noise.length, noise))));
      strangers.add(saying(() -> Flood.sayInTls(port, framed(1_000, new byte[500]))));
      strangers.add(saying(() -> Flood.sayInTls(port, framed(Integer.MAX_VALUE, noise))));
      strangers.add(saying(() -> Flood.sayInTls(port, framed(-1, noise))));
    }

    checkDeliversMeanwhile("noise at the links", strangers);

    for (String reason : List.of("not_tls", "malformed", "timed_out")) {
      assertThat(target.api().metric("pychain_refused_total{reason=\"" + reason + "\"}").orElse(0))
          .as("%s in %s", reason, target.api().metricLines("pychain_refused"))
          .isPositive();
      assertThat(target.log("network_sync.log")).contains("refused reason=" + reason);
    }
  }

  /// What is no HTTP the JDK's server turns away by itself, with a 400 or by closing, and tells
  /// nobody; what it takes for a request is refused and counted by the node.
  @Test
  void garbageOnTheApiPortHoldsNothingUpAndWhatCanBeReadIsCounted() throws Exception {
    Random luck = new Random(SEED);
    int port = target.launched().apiPort();
    long before = foreignHosts();
    List<Callable<Void>> strangers = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      byte[] noise = noise(luck);
      strangers.add(saying(() -> Flood.say(port, noise)));
      strangers.add(saying(() -> Flood.say(port, ascii("GET /api/v1/stat"))));
      strangers.add(saying(() -> Flood.say(port, request("X: " + "x".repeat(100_000)))));
      strangers.add(saying(() -> Flood.say(port, request("X: y\r\n".repeat(1_000)))));
      strangers.add(saying(() -> Flood.say(port, request("Content-Length: -5"))));
      strangers.add(saying(() -> Flood.say(port, request("Host: evil.example"))));
    }

    checkDeliversMeanwhile("noise at the API", strangers);

    assertThat(foreignHosts() - before)
        .as("%s", target.api().metricLines("pychain_refused"))
        .isEqualTo(EACH);
  }

  private long foreignHosts() {
    return target.api().metric("pychain_refused_total{reason=\"api_403\"}").orElse(0);
  }

  @Test
  void tenThousandIdleConnectionsToThePeerPortAreBounded() throws Exception {
    try (Flood flood = Flood.idle(target.launched().peerPort(), IDLE)) {
      checkDeliversMeanwhile("idle links", List.of());
      checkBounded(flood.size() + " idle connections to the peer port");
    }
    assertThat(target.api().metric("pychain_refused_total{reason=\"gave_way\"}").orElse(0))
        .as("%s", target.api().metricLines("pychain_refused"))
        .isPositive();
  }

  @Test
  void tenThousandIdleConnectionsToTheApiAreBounded() throws Exception {
    try (Flood flood = Flood.idle(target.launched().apiPort(), IDLE)) {
      checkDeliversMeanwhile("idle clients", List.of());
      checkBounded(flood.size() + " idle connections to the API", OPEN_FILES_WITH_API_MAX);
    }
  }

  /// Publishes at the others while the strangers speak, and waits until the target has it all.
  private void checkDeliversMeanwhile(String what, List<Callable<Void>> strangers)
      throws Exception {
    Map<String, String> published = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> speaking = strangers.stream().map(threads::submit).toList();
      for (int i = 0; i < EACH; i++) {
        for (ProcessNode node : List.of(network.nodes().get(0), network.nodes().get(2))) {
          String json = "\"%s, %d by %s\"".formatted(what, i, node.name());
          published.put(node.publish(json), json);
        }
      }
      network.awaitDelivered(network.nodes(), published.keySet());
      for (Future<Void> stranger : speaking) {
        stranger.get();
      }
    }
    Deliveries.checkHolds(target, published);
    Deliveries.checkOnceAndInOrder(target);
  }

  private void checkBounded(String what) {
    checkBounded(what, OPEN_FILES_MAX);
  }

  private void checkBounded(String what, int filesMax) {
    long files = target.openFiles();
    long mebibytes = target.residentMebibytes();
    System.out.printf("proof: %s: %d open files, %d MiB%n", what, files, mebibytes);
    assertThat(files).isLessThan(filesMax);
    assertThat(mebibytes).isLessThan(RESIDENT_MEBIBYTES_MAX);
  }

  /// Something that may throw.
  private interface Saying {
    void run() throws Exception;
  }

  private static Callable<Void> saying(Saying saying) {
    return () -> {
      saying.run();
      return null;
    };
  }

  private static byte[] noise(Random luck) {
    byte[] noise = new byte[1 + luck.nextInt(BYTES_MAX)];
    luck.nextBytes(noise);
    return noise;
  }

  /// A frame as nodes write it, if the length is that of the bytes.
  private static byte[] framed(int length, byte[] bytes) {
    return ByteBuffer.allocate(4 + bytes.length).putInt(length).put(bytes).array();
  }

  private static byte[] request(String header) {
    return ascii("GET /api/v1/status HTTP/1.1\r\n" + header + "\r\n\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
