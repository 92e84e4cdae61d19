package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Five nodes that publish, one after the other and at the same instant.
@TestInstance(Lifecycle.PER_CLASS)
class BroadcastProofTest {
  private static final int CLIENTS = 4;
  private static final int EACH = 20;
  private static final int INSTANTS = 50;

  private ProcessNetwork network;

  @BeforeAll
  void startFive(@TempDir Path dir) {
    Instant begun = Instant.now();
    network = ProcessNetwork.running(dir, CLIENTS);
    System.out.printf(
        "proof: five processes see each other after %d ms%n",
        Duration.between(begun, Instant.now()).toMillis());
  }

  @AfterAll
  void stopAll() {
    network.close();
  }

  @Test
  void whatEachOfFivePublishesReachesAllOnceAndInOrder() {
    Map<String, String> published = new TreeMap<>();

    for (int i = 0; i < EACH; i++) {
      for (ProcessNode node : network.nodes()) {
        String json = "\"message %d of %s\"".formatted(i, node.name());
        published.put(node.publish(json), json);
      }
    }

    assertThat(published).hasSize(EACH * network.nodes().size());
    checkEverywhere(published);
  }

  @Test
  void idsNameTheNodeThatPublished() {
    for (ProcessNode node : network.nodes()) {
      String id = node.publish("\"who am I\"");

      assertThat(id).startsWith(node.guid() + ":1:");
    }
  }

  @Test
  void neitherOfTwoMessagesOfTheSameInstantIsLost() throws Exception {
    Map<String, String> published = new ConcurrentSkipListMap<>();
    ProcessNode one = network.nodes().get(1);
    ProcessNode other = network.nodes().get(3);
    CyclicBarrier instant = new CyclicBarrier(2);

    List<Thread> publishers = new ArrayList<>();
    for (ProcessNode node : List.of(one, other)) {
      publishers.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < INSTANTS; i++) {
                  await(instant);
                  String json = "\"instant %d of %s\"".formatted(i, node.name());
                  published.put(node.publish(json), json);
                }
              }));
    }
    for (Thread publisher : publishers) {
      publisher.join(Await.PATIENCE.multipliedBy(2));
    }

    assertThat(published).hasSize(2 * INSTANTS);
    checkEverywhere(published);
  }

  private static void await(CyclicBarrier instant) {
    try {
      int _ = instant.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the other publisher has failed", e);
    }
  }

  private void checkEverywhere(Map<String, String> published) {
    network.awaitDelivered(network.nodes(), published.keySet());
    for (ProcessNode node : network.nodes()) {
      Deliveries.checkHolds(node, published);
      Deliveries.checkOnceAndInOrder(node);
    }
    Deliveries.checkSameEverywhere(network.nodes());
  }
}
