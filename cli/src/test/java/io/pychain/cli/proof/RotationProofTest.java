package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.cli.network.LaunchedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A publishing member that takes another key.
class RotationProofTest {
  @TempDir Path dir;

  @Test
  void memberGoesOnWithAnotherKeyNewcomersBelieveBothAndTheOldKeyIsRefused() throws IOException {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 3)) {
      ProcessNode member = network.nodes().get(2);
      int guid = member.guid();
      String oldKey = member.publicKey();
      String before = member.publish("\"before\"");
      network.awaitDelivered(network.nodes(), Set.of(before));
      Path keyFile = member.launched().storageDir().resolve("node-key");
      Path oldKeyFile = dir.resolve("old-key");
      Files.copy(keyFile, oldKeyFile, StandardCopyOption.COPY_ATTRIBUTES);

      assertThat(member.api().rotateKey().orElseThrow().status()).isEqualTo(200);
      String until = member.publish("\"until it stops\"");
      int _ = member.stop();
      ProcessNode _ = member.restart().ready();

      assertThat(member.guid()).isEqualTo(guid);
      assertThat(member.publicKey()).isNotEqualTo(oldKey);
      String after = member.publish("\"after\"");
      assertThat(after).startsWith(guid + ":65:");
      ProcessNode newcomer = network.startClients(1).getFirst();
      network.awaitDelivered(network.nodes(), Set.of(before, until, after));
      assertThat(newcomer.guid()).isNotEqualTo(guid);

      LaunchedNode folder = LaunchedNode.named("thief", dir);
      Files.createDirectories(folder.storageDir());
      Files.copy(
          oldKeyFile, folder.storageDir().resolve("node-key"), StandardCopyOption.COPY_ATTRIBUTES);
      ProcessNode thief = network.add(new ProcessNode(folder));
      ProcessNode _ = thief.start(Optional.of(network.first().peer()), Map.of());
      Await.until(
          "the old key is refused",
          () -> thief.lastWords().contains("has been replaced"),
          network::circumstances);
    }
  }
}
