package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network whose nodes are upgraded one by one, as an operator would do it.
class UpgradeProofTest {
  @TempDir Path dir;

  @Test
  void messagesFlowWhileOneNodeAfterTheOtherSpeaksANewerVersion() {
    try (ProcessNetwork network = new ProcessNetwork(dir, Map.of("PROTOCOL_MAX", "1"))) {
      ProcessNode _ = network.boot();
      network.clients(3);
      network.awaitAllSeeAll();
      Map<String, String> published = new TreeMap<>();
      for (ProcessNode node : network.nodes()) {
        assertThat(node.status().at("/node/protocol/max").asInt()).isEqualTo(1);
        node.stop();
        network.started().forEach(other -> publish(other, "while it is away", published));
        publish(node.restart().ready(), "upgraded", published);
        assertThat(node.status().at("/node/protocol/max").asInt()).isEqualTo(2);
      }

      network.awaitDelivered(network.nodes(), published.keySet());

      for (ProcessNode node : network.nodes()) {
        Deliveries.checkHolds(node, published);
        Deliveries.checkOnceAndInOrder(node);
        Await.until(
            node.name() + " speaks version 2 on all links",
            () -> speaksOnAllLinks(node.api().links(), 2),
            network::circumstances);
      }
      Deliveries.checkSameEverywhere(network.nodes());
    }
  }

  private static boolean speaksOnAllLinks(JsonNode links, int version) {
    for (JsonNode link : links) {
      if (link.path("protocol").asInt() != version) {
        return false;
      }
    }
    return !links.isEmpty();
  }

  private static void publish(ProcessNode node, String when, Map<String, String> published) {
    String json = "\"%s, by %s\"".formatted(when, node.name());
    published.put(node.publish(json), json);
  }
}
