package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What any one member may publish is laid down while a network runs.
class LimitsProofTest {
  @TempDir Path dir;

  @Test
  void limitHoldsEverywhereWithinSecondsAlsoForWhoComesLaterAndBindsEachByItself() {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 3)) {
      ProcessNode boot = network.first();
      assertThat(network.nodes().getLast().api().layDown(5, 2).orElseThrow().status())
          .as("by a member that is no boot node")
          .isEqualTo(403);

      assertThat(boot.api().layDown(5, 2).orElseThrow().status()).isEqualTo(200);
      network.clients(1);
      String held = boot.api().parameters().orElseThrow().text();
      for (ProcessNode node : network.nodes()) {
        Await.until(
            node.name() + " knows the limit",
            () -> node.api().parameters().filter(answer -> answer.text().equals(held)).isPresent(),
            network::circumstances);
      }

      ProcessNode loud = network.nodes().get(1);
      Set<String> accepted = new HashSet<>();
      int refused = 0;
      for (int i = 0; refused == 0; i++) {
        Api.Answer answer = loud.api().publish("\"loud " + i + "\"").orElseThrow();
        answer.acknowledged().ifPresent(accepted::add);
        refused += answer.status() == 429 ? 1 : 0;
      }
      assertThat(accepted).as("a burst").hasSizeGreaterThanOrEqualTo(10);
      accepted.add(network.nodes().get(2).publish("\"quiet\""));
      network.awaitDelivered(network.nodes(), accepted);
    }
  }
}
