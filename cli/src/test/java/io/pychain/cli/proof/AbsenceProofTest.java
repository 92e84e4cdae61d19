package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that were away: what they missed, and who can do without them.
class AbsenceProofTest {
  private static final int MISSED = 1_000;
  private static final int BULK = 100;

  @TempDir Path dir;

  @Test
  void aNodeThatWasAwayGetsExactlyWhatItMissedInOrder() {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 2)) {
      ProcessNode absent = network.nodes().get(2);
      Map<String, String> published = new TreeMap<>();
      published.put(absent.publish("\"before\""), "\"before\"");
      network.awaitDelivered(network.nodes(), published.keySet());
      absent.stop();

      for (int from = 0; from < MISSED; from += BULK) {
        ProcessNode publisher = network.nodes().get(from / BULK % 2);
        published.putAll(publishAll(publisher, IntStream.range(from, from + BULK)));
      }
      Instant back = Instant.now();
      ProcessNode _ = absent.restart().ready();
      Instant ready = Instant.now();
      network.awaitDelivered(List.of(absent), published.keySet());

      Instant caughtUp = Instant.now();
      System.out.printf(
          "proof: %d missed messages are there %d ms after the start of the process, %d ms after it"
              + " is ready%n",
          MISSED,
          Duration.between(back, caughtUp).toMillis(),
          Duration.between(ready, caughtUp).toMillis());
      Deliveries.checkHolds(absent, published);
      Deliveries.checkOnceAndInOrder(absent);
      Deliveries.checkSameEverywhere(network.nodes());
    }
  }

  /// Publishes many at once; JSON by id.
  private static Map<String, String> publishAll(ProcessNode node, IntStream numbers) {
    List<String> values = numbers.mapToObj(i -> "\"missed %d\"".formatted(i)).toList();
    Api.Answer answer = node.api().publishAll(values).orElseThrow();
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    String first = answer.json().path("first_id").asText();
    String log = first.substring(0, first.lastIndexOf(':') + 1);
    long seq = Long.parseLong(first.substring(log.length()));
    Map<String, String> published = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      published.put(log + (seq + i), values.get(i));
    }
    return published;
  }

  @Test
  void withoutItsBootNodeARestartedNetworkWorksAndTheBootNodeCatchesUpLater() {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 3)) {
      Map<String, String> published = new TreeMap<>();
      network.nodes().forEach(node -> publishOne(node, "before", published));
      network.awaitDelivered(network.nodes(), published.keySet());
      network.nodes().forEach(ProcessNode::stop);

      ProcessNode boot = network.first();
      List<ProcessNode> clients = network.nodes().subList(1, network.nodes().size());
      clients.forEach(ProcessNode::restart);
      clients.forEach(node -> publishOne(node.ready(), "without", published));
      network.awaitDelivered(clients, published.keySet());

      publishOne(boot.restart().ready(), "again", published);
      network.awaitDelivered(network.nodes(), published.keySet());

      assertThat(boot.guid()).isZero();
      for (ProcessNode node : network.nodes()) {
        Deliveries.checkHolds(node, published);
        Deliveries.checkOnceAndInOrder(node);
      }
      Deliveries.checkSameEverywhere(network.nodes());
    }
  }

  private static void publishOne(ProcessNode node, String when, Map<String, String> published) {
    String json = "\"%s, by %s\"".formatted(when, node.name());
    published.put(node.publish(json), json);
  }
}
