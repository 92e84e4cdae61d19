package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member that is banned while it publishes, and comes back.
class BanProofTest {
  @TempDir Path dir;

  @Test
  void bannedMemberIsCutEverywhereAndComesBackOnceItIsPardoned() {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 4)) {
      ProcessNode boot = network.first();
      ProcessNode victim = network.nodes().get(3);
      List<ProcessNode> others = new ArrayList<>(network.nodes());
      others.remove(victim);
      int guid = victim.guid();
      String before = victim.publish("\"before\"");
      network.awaitDelivered(network.nodes(), Set.of(before));

      Instant banned = Instant.now();
      assertThat(boot.api().ban(guid).orElseThrow().status()).isEqualTo(200);
      Await.until(
          "all others have cut it",
          () -> others.stream().allMatch(node -> isCut(node, guid)),
          network::circumstances);
      Await.until(
          "it refuses to publish",
          () -> victim.api().publish("\"during\"").orElseThrow().status() == 503,
          network::circumstances);
      System.out.printf(
          "proof: a ban is kept to by all after %d ms%n",
          Duration.between(banned, Instant.now()).toMillis());
      String meanwhile = others.getLast().publish("\"without it\"");
      network.awaitDelivered(others, Set.of(meanwhile));

      assertThat(boot.api().unban(guid).orElseThrow().status()).isEqualTo(200);
      Instant pardoned = Instant.now();
      Await.until(
          "it publishes again",
          () -> victim.api().publish("\"after\"").orElseThrow().acknowledged().isPresent(),
          network::circumstances);
      System.out.printf(
          "proof: a pardon brings the member back after %d ms%n",
          Duration.between(pardoned, Instant.now()).toMillis());
      String after = victim.publish("\"flows\"");
      network.awaitDelivered(network.nodes(), Set.of(after, meanwhile));
      assertThat(after).startsWith(guid + ":").doesNotStartWith(guid + ":1:");
    }
  }

  private static boolean isCut(ProcessNode node, int guid) {
    for (JsonNode member : node.api().nodes().path("nodes")) {
      if (member.path("guid").asInt() == guid) {
        return member.path("state").asText().equals("revoked")
            && !member.path("linked").asBoolean();
      }
    }
    return false;
  }
}
