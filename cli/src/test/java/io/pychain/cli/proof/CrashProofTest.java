package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that are killed without warning (SIGKILL) while they work.
class CrashProofTest {
  private static final long SEED = 20_260_417;

  /// Kills; `-Dproof.crashes=200` for a long run.
  private static final int ROUNDS = Integer.getInteger("proof.crashes", 15);

  private static final int PUBLISHERS = 4;

  /// A round ends with the kill, after at most so many acknowledged messages.
  private static final int ACKNOWLEDGED_MAX = 100;

  @TempDir Path dir;

  @Test
  void aClientKilledWhilePublishingLosesNothingAcknowledgedAndNeverForksItsLog() {
    System.out.println("proof: kills drawn from seed " + SEED);
    Random luck = new Random(SEED);
    Map<String, String> acknowledged = new ConcurrentSkipListMap<>();

    try (ProcessNetwork network = ProcessNetwork.running(dir, 2)) {
      ProcessNode victim = network.nodes().get(1);
      for (int round = 0; round < ROUNDS; round++) {
        int before = acknowledged.size();
        int moment = before + 1 + luck.nextInt(ACKNOWLEDGED_MAX);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> publishers = publishers(network, round, acknowledged, stop);

        Await.until(
            moment + " messages are acknowledged",
            () -> acknowledged.size() >= moment,
            network::circumstances);
        victim.kill();
        stop.set(true);
        publishers.forEach(CrashProofTest::join);
        ProcessNode _ = victim.restart().ready();
      }
      acknowledged.put(victim.publish("\"after all\""), "\"after all\"");

      network.awaitDelivered(network.nodes(), acknowledged.keySet());
      for (ProcessNode node : network.nodes()) {
        Deliveries.checkHolds(node, acknowledged);
        Deliveries.checkOnceAndInOrder(node);
      }
      Deliveries.checkSameEverywhere(network.nodes());
      System.out.printf(
          "proof: %d acknowledged messages survived %d kills%n", acknowledged.size(), ROUNDS);
    }
  }

  /// Several that publish at the victim, and one at another client.
  private static List<Thread> publishers(
      ProcessNetwork network, int round, Map<String, String> acknowledged, AtomicBoolean stop) {
    List<Thread> publishers = new ArrayList<>();
    for (int i = 0; i <= PUBLISHERS; i++) {
      ProcessNode node = network.nodes().get(i == PUBLISHERS ? 2 : 1);
      String name = "round %d publisher %d".formatted(round, i);
      publishers.add(Thread.ofVirtual().start(() -> publishUntil(stop, node, name, acknowledged)));
    }
    return publishers;
  }

  private static void publishUntil(
      AtomicBoolean stop, ProcessNode node, String name, Map<String, String> acknowledged) {
    for (int i = 0; !stop.get(); i++) {
      String json = "\"%s message %d\"".formatted(name, i);
      Optional<String> id = node.api().publish(json).flatMap(Api.Answer::acknowledged);
      id.ifPresent(known -> {
        String before = acknowledged.put(known, json);
        if (before != null) {
          throw new AssertionError(known + " was given to " + before + " and to " + json);
        }
      });
    }
  }

  private static void join(Thread publisher) {
    try {
      assertThat(publisher.join(Await.PATIENCE)).as("the publisher ends").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBootNodeKilledWhileOthersJoinNeverGivesAGuidTwiceNorAnotherOneToTheSameKey()
      throws IOException {
    try (ProcessNetwork network = new ProcessNetwork(dir)) {
      ProcessNode boot = network.boot();
      for (int round = 0; round < 2; round++) {
        List<ProcessNode> joining = network.startClients(2);
        Await.until(
            "one of two has joined",
            () -> joining.stream().anyMatch(node -> node.api().status().isPresent()),
            network::circumstances);
        boot.kill();
        ProcessNode _ = boot.restart().ready();
        joining.forEach(ProcessNode::ready);
      }
      network.awaitAllSeeAll();
      Map<String, Integer> guids = guidsByKey(network);

      ProcessNode forgetful = network.nodes().getLast();
      forgetful.kill();
      forgetMembership(forgetful);
      ProcessNode _ = forgetful.restart().ready();
      ProcessNode newcomer = network.clients(1).getFirst();

      assertThat(new HashSet<>(guids.values()))
          .as("GUIDs by key %s", guids)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 5).boxed().toList());
      assertThat(guidsByKey(network)).containsAllEntriesOf(guids);
      assertThat(newcomer.guid()).isEqualTo(5);
    }
  }

  private static Map<String, Integer> guidsByKey(ProcessNetwork network) {
    Map<String, Integer> guids = new LinkedHashMap<>();
    network.nodes().forEach(node -> guids.put(node.publicKey(), node.guid()));
    assertThat(guids).hasSameSizeAs(network.nodes());
    return guids;
  }

  /// Takes from a node all but its key, so that it has to join anew.
  private static void forgetMembership(ProcessNode node) throws IOException {
    Path storage = node.launched().storageDir();
    try (var files = Files.list(storage)) {
      for (Path file : files.toList()) {
        if (!file.endsWith("node-key")) {
          Files.delete(file);
        }
      }
    }
  }
}
