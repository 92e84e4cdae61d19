package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes of other networks and boot nodes that are not who they should be.
class StrangerProofTest {
  private static final String OTHER_KEY = "ab".repeat(32);

  @TempDir Path dir;

  @Test
  void aNewcomerThatPinnedAnotherAuthorityDoesNotJoinAndSaysSo() {
    try (ProcessNetwork network = new ProcessNetwork(dir)) {
      ProcessNode boot = network.boot();

      ProcessNode client = network.client("client_1", OTHER_KEY + "@" + boot.peer());

      assertThat(client.exitCode()).as(client.lastWords()).isEqualTo(1);
      assertThat(client.launched().printed().lines())
          .singleElement()
          .asString()
          .contains("authority", boot.peer());
      assertThat(boot.status().path("members").path("alive").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aMemberDoesNotStartWithTheKeyOfAnotherAuthority() {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 1)) {
      ProcessNode client = network.nodes().get(1);
      int guid = client.guid();
      String right = client.pinned();
      client.stop();

      client.start(Optional.of(OTHER_KEY + "@" + network.first().peer()), Map.of());
      assertThat(client.exitCode()).as(client.lastWords()).isEqualTo(1);
      assertThat(client.launched().printed().lines())
          .singleElement()
          .asString()
          .contains("BOOT_NODE", "another authority", "STORAGE_DIR");

      client.start(Optional.of(right), Map.of());
      assertThat(client.guid()).isEqualTo(guid);
    }
  }

  @Test
  void aBootNodeWithAnotherKeyInThePlaceOfTheOldOneIsRefusedByThoseWhoHaveJoined() {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 2)) {
      ProcessNode boot = network.first();
      List<ProcessNode> clients = network.nodes().subList(1, 3);
      network.awaitAllSeeAll();
      boot.kill();

      ProcessNode impostor = network.add(new ProcessNode(boot.launched().impostor("boot_2")));
      impostor.start(Optional.empty(), Map.of()).ready();

      awaitCounted(impostor, "network");
      for (ProcessNode client : clients) {
        awaitLogged(client, "reason=network");
      }
      String id = clients.getFirst().publish("\"not for the impostor\"");
      network.awaitDelivered(clients, Set.of(id));
      assertThat(Deliveries.of(impostor)).extracting(Delivered::log).containsOnly("0:1");
      assertThat(impostor.status().path("members").path("alive").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aMemberOfAnotherNetworkIsTurnedAwayAndCounted() {
    try (ProcessNetwork here = new ProcessNetwork(dir.resolve("here"));
        ProcessNetwork there = ProcessNetwork.running(dir.resolve("there"), 1)) {
      ProcessNode stranger = there.nodes().get(1);
      there.first().stop();
      ProcessNode ours =
          here.add(new ProcessNode(there.first().launched().impostor("boot_2")))
              .start(Optional.empty(), Map.of())
              .ready();

      awaitCounted(ours, "network");

      awaitLogged(stranger, "reason=network");
      assertThat(ours.status().path("members").path("alive").asInt()).isEqualTo(1);
      assertThat(Deliveries.of(ours)).extracting(Delivered::log).containsOnly("0:1");
    }
  }

  private static void awaitCounted(ProcessNode node, String reason) {
    String line = "pychain_refused_total{reason=\"" + reason + "\"}";
    Await.until(
        node.name() + " counts " + line,
        () -> node.api().metric(line).orElse(0) > 0,
        () -> node.api().metricLines("pychain_refused") + "\n" + node.lastWords());
  }

  private static void awaitLogged(ProcessNode node, String word) {
    Await.until(
        node.name() + " logs " + word,
        () -> node.log("network_sync.log").contains(word),
        node::lastWords);
  }
}
