package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that are asked for more than they can do, with the small heap that nodes have by default.
class OverloadProofTest {
  private static final int PUBLISHERS = 64;
  private static final int LINES = 50;
  private static final int SLOW_READERS = 4;

  /// Requests after which the load is taken to be there.
  private static final int REQUESTS = 500;

  /// A node's heap, and what the virtual machine needs beside it.
  private static final long RESIDENT_MEBIBYTES_MAX = 96 + 160;

  @TempDir Path dir;

  @Test
  void publishersWithoutRestAndReadersThatDoNotReadCostNoMoreMemoryAndLoseNothing()
      throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    LongAdder refused = new LongAdder();
    try (ProcessNetwork network = ProcessNetwork.running(dir, 2)) {
      List<Socket> readers = openReaders(network.first());
      List<Thread> publishers = new ArrayList<>();
      AtomicBoolean stop = new AtomicBoolean();
      for (int i = 0; i < PUBLISHERS; i++) {
        ProcessNode node = network.nodes().get(i % network.nodes().size());
        publishers.add(
            Thread.ofVirtual().start(() -> publishUntil(stop, node, acknowledged, refused)));
      }

      Await.until(
          REQUESTS + " requests are acknowledged",
          () -> acknowledged.size() >= 2 * REQUESTS,
          network::circumstances);
      long resident =
          network.nodes().stream().mapToLong(ProcessNode::residentMebibytes).max().orElseThrow();
      ProcessNode leaving = network.nodes().getLast();
      leaving.askToStop();
      awaitKnownToHaveLeft(network, leaving);
      stop.set(true);
      for (Thread publisher : publishers) {
        assertThat(publisher.join(Await.PATIENCE)).isTrue();
      }

      System.out.printf(
          "proof: %d messages acknowledged, %d requests refused, %d MiB at most%n",
          LINES * acknowledged.size() / 2, refused.sum(), resident);
      int _ = leaving.exitCode();
      ProcessNode _ = leaving.restart().ready();
      network.awaitDelivered(network.nodes(), acknowledged);
      assertThat(resident).isLessThan(RESIDENT_MEBIBYTES_MAX);
      assertThat(network.nodes()).allSatisfy(node -> assertThat(node.status()).isNotEmpty());
      for (Socket reader : readers) {
        reader.close();
      }
    }
  }

  /// Followers of the stream that never read: each is cut off, and costs what it was handed over.
  private static List<Socket> openReaders(ProcessNode node) throws IOException {
    URI api = node.launched().api();
    List<Socket> readers = new ArrayList<>();
    for (int i = 0; i < SLOW_READERS; i++) {
      Socket reader = new Socket();
      reader.setReceiveBufferSize(4 << 10);
      reader.connect(new InetSocketAddress(InetAddress.getByName(api.getHost()), api.getPort()));
      OutputStream out = reader.getOutputStream();
      String request =
          "GET /api/v1/messages/stream HTTP/1.1\r\nHost: %s:%d\r\n\r\n"
              .formatted(api.getHost(), api.getPort());
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      readers.add(reader);
    }
    return readers;
  }

  /// A node that answers nothing has left.
  private static void publishUntil(
      AtomicBoolean stop, ProcessNode node, Set<String> acknowledged, LongAdder refused) {
    List<String> lines = Collections.nCopies(LINES, "\"" + "x".repeat(100) + "\"");
    Optional<Api.Answer> answer = node.api().publishAll(lines);
    while (!stop.get() && answer.isPresent()) {
      if (answer.get().status() == 201) {
        acknowledged.add(answer.get().json().path("first_id").asText());
        acknowledged.add(answer.get().json().path("last_id").asText());
      } else {
        refused.increment();
      }
      answer = node.api().publishAll(lines);
    }
  }

  private static void awaitKnownToHaveLeft(ProcessNetwork network, ProcessNode leaving) {
    List<ProcessNode> others = new ArrayList<>(network.nodes());
    others.remove(leaving);
    for (ProcessNode node : others) {
      Await.until(
          node.name() + " knows that " + leaving.name() + " has left",
          () -> node.status().path("members").path("left").asInt() == 1,
          network::circumstances);
    }
  }
}
