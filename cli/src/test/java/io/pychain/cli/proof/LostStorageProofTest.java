package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes whose storage is an old copy, or half of it gone.
class LostStorageProofTest {
  @TempDir Path dir;

  @Test
  void clientOnAnOldCopyOfItsStorageGoesOnAfterWhatTheOthersHold() throws IOException {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 3)) {
      ProcessNode victim = network.nodes().get(1);
      TreeMap<String, String> acknowledged = new TreeMap<>();
      publish(victim, "before the copy", 5, acknowledged);
      network.awaitDelivered(network.nodes(), acknowledged.keySet());
      int _ = victim.stop();
      Path storage = victim.launched().storageDir();
      Path copy = dir.resolve("copy");
      copy(storage, copy);

      ProcessNode _ = victim.restart().ready();
      publish(victim, "after the copy", 20, acknowledged);
      network.awaitDelivered(network.nodes().subList(2, 4), acknowledged.keySet());
      victim.kill();
      delete(storage);
      copy(copy, storage);
      ProcessNode _ = victim.restart().ready();
      publish(victim, "on the old copy", 5, acknowledged);

      network.awaitDelivered(network.nodes(), acknowledged.keySet());
      assertThat(acknowledged.keySet())
          .as("one log, in one epoch")
          .allMatch(id -> id.startsWith(victim.guid() + ":1:"));
      for (ProcessNode node : network.nodes()) {
        Deliveries.checkHolds(node, acknowledged);
        Deliveries.checkOnceAndInOrder(node);
      }
      Deliveries.checkSameEverywhere(network.nodes());
    }
  }

  @Test
  void bootNodeThatHasOnlyItsKeysLeftGivesNoGuidASecondTime() throws IOException {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 3)) {
      ProcessNode boot = network.first();
      ProcessNode member = network.nodes().get(2);
      boot.kill();
      keepOnly(boot.launched().storageDir(), Set.of("authority-key", "node-key"));

      int refused = boot.start(Optional.empty(), Map.of()).exitCode();
      assertThat(refused).as("told by nobody who there is").isNotZero();
      assertThat(boot.launched().printed()).contains("BOOT_NODE");

      ProcessNode _ = boot.start(Optional.of(member.peer()), Map.of()).ready();
      ProcessNode newcomer = network.clients(1).getFirst();

      assertThat(boot.guid()).isZero();
      assertThat(newcomer.guid()).isGreaterThan(3);
      String id = newcomer.publish("\"hello\"");
      network.awaitDelivered(network.nodes(), Set.of(id));
    }
  }

  @Test
  void secondBootNodeTakesOverWhenTheFirstHasLeft() throws IOException {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 1)) {
      ProcessNode first = network.first();
      ProcessNode second = network.boot("boot_2", first);
      String secondOnly = second.peer();
      assertThat(second.guid()).isEqualTo(2);
      network.awaitAllSeeAll();

      int _ = first.stop();
      ProcessNode newcomer = network.client("client_9", secondOnly).ready();

      assertThat(newcomer.guid()).isGreaterThan(2);
      String id = newcomer.publish("\"admitted by the second\"");
      network.awaitDelivered(network.started(), Set.of(id));
    }
  }

  private static void publish(
      ProcessNode node, String what, int count, TreeMap<String, String> acknowledged) {
    for (int i = 0; i < count; i++) {
      String json = "\"%s %d\"".formatted(what, i);
      String before = acknowledged.put(node.publish(json), json);
      assertThat(before).as("the id of %s is given once", json).isNull();
    }
  }

  private static void keepOnly(Path storage, Set<String> names) throws IOException {
    try (Stream<Path> files = Files.list(storage)) {
      for (Path file : files.toList()) {
        if (!names.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }

  private static void delete(Path storage) throws IOException {
    keepOnly(storage, Set.of());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      files.forEach(file -> copyFile(file, to.resolve(file.getFileName())));
    }
  }

  private static void copyFile(Path from, Path to) {
    try {
      Path _ = Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
