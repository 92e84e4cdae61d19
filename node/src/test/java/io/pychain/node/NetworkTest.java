package io.pychain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Answer.Published;
import io.pychain.core.ring.Guid;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole nodes in one process, with real links on loopback and real storage.
class NetworkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", Endpoint.OPEN);

  @TempDir Path folder;
  private final List<PychainNode> nodes = new ArrayList<>();

  @AfterEach
  void stopAll() {
    nodes.forEach(PychainNode::close);
  }

  private NodeConfig.Builder config(String name) {
    return NodeConfig.builder()
        .storageDir(folder.resolve(name))
        .peerListen(ANY_PORT)
        .apiListen(Optional.empty())
        .networkSyncInterval(Duration.ofSeconds(2))
        .networkSyncJitter(Duration.ofSeconds(1));
  }

  private PychainNode start(NodeConfig config) throws IOException {
    PychainNode node = PychainNode.start(config);
    nodes.add(node);
    return node;
  }

  private PychainNode boot() throws IOException {
    return start(config("boot").role(Role.BOOT).build());
  }

  private PychainNode client(String name, PychainNode boot) throws IOException {
    return start(config(name).bootNodes("127.0.0.1:" + boot.peerPort()).build());
  }

  /// A boot node and four clients that know each other.
  private void startFive() throws IOException {
    PychainNode boot = boot();
    for (int i = 1; i <= 4; i++) {
      client("client_" + i, boot);
    }
    await("all five see five", () -> nodes.stream().allMatch(n -> n.view().members().size() == 5));
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long until " + what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static List<MessageId> held(PychainNode node, Guid origin) {
    try {
      return node.messages(0, 10_000, Optional.of(origin)).stream()
          .map(DeliveredMessage::id)
          .toList();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Guid guid(PychainNode node) {
    return node.view().self().guid();
  }

  private static void awaitHeld(PychainNode node, Published last) {
    MessageId id = new MessageId(last.log(), last.firstSeq());
    await("node " + guid(node) + " holds " + id, () -> held(node, last.log().guid()).contains(id));
  }

  private static void assertInOrder(PychainNode node, Published last) {
    List<Long> seqs = held(node, last.log().guid()).stream().map(MessageId::seq).toList();
    List<Long> expected = new ArrayList<>();
    for (long seq = 1; seq <= last.firstSeq(); seq++) {
      expected.add(seq);
    }
    assertThat(seqs).startsWith(expected.toArray(Long[]::new));
  }

  @Test
  void whatEachOfFivePublishesReachesAllInOrderOnce() throws Exception {
    startFive();
    List<Published> last = new ArrayList<>();
    for (PychainNode node : nodes) {
      for (int i = 0; i < 20; i++) {
        node.broadcast("{\"number\": " + i + "}");
      }
      last.add(node.broadcast("\"last\""));
    }

    for (PychainNode node : nodes) {
      for (Published end : last) {
        awaitHeld(node, end);
        assertInOrder(node, end);
      }
    }
  }

  @Test
  void nodesThatPublishAtTheSameInstantLoseNothing() throws Exception {
    startFive();
    List<CompletableFuture<Published>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      for (PychainNode node : nodes.subList(1, 3)) {
        all.add(CompletableFuture.supplyAsync(() -> broadcast(node, "\"now\"")));
      }
    }

    for (CompletableFuture<Published> published : all) {
      for (PychainNode node : nodes) {
        awaitHeld(node, published.join());
      }
    }
  }

  private static Published broadcast(PychainNode node, String json) {
    try {
      return node.broadcast(json);
    } catch (PublishRefusedException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void nodeThatWasAwayGetsWhatItMissedAndKeepsItsGuid() throws Exception {
    startFive();
    PychainNode away = nodes.removeLast();
    Guid guid = guid(away);
    long before = away.view().lastOffset();
    away.close();
    Published last = nodes.getFirst().broadcast("\"first\"");
    for (int i = 0; i < 200; i++) {
      last = nodes.get(i % 2).broadcast("\"missed " + i + "\"");
    }

    PychainNode back = client("client_4", nodes.getFirst());

    assertThat(guid(back)).isEqualTo(guid);
    awaitHeld(back, last);
    assertInOrder(back, last);
    assertThat(back.view().lastOffset()).isGreaterThan(before);
  }

  @Test
  void membersStartAgainWithoutTheirBootNode() throws Exception {
    startFive();
    List<Guid> guids = nodes.stream().map(NetworkTest::guid).toList();
    List<Integer> ports = nodes.stream().map(PychainNode::peerPort).toList();
    nodes.forEach(PychainNode::close);
    nodes.clear();

    for (int i = 1; i <= 4; i++) {
      Endpoint asBefore = new Endpoint("127.0.0.1", ports.get(i));
      start(config("client_" + i).bootNodes("127.0.0.1:1").peerListen(asBefore).build());
    }

    assertThat(nodes.stream().map(NetworkTest::guid)).isEqualTo(guids.subList(1, 5));
    Published published = nodes.getFirst().broadcast("\"without boot node\"");
    nodes.forEach(node -> awaitHeld(node, published));
  }

  @Test
  void bootNodeKeepsItsNetworkAndGoesOnCountingGuids() throws Exception {
    PychainNode boot = boot();
    client("client_1", boot);
    boot.close();
    PychainNode again = boot();

    assertThat(again.networkId()).isEqualTo(boot.networkId());
    assertThat(guid(client("client_2", again))).isEqualTo(Guid.of(2));
  }

  @Test
  void networkCannotBeRenamed() throws Exception {
    boot().close();

    NodeConfig renamed = config("boot").role(Role.BOOT).networkName("other").build();

    assertThatThrownBy(() -> PychainNode.start(renamed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("NETWORK_NAME=other")
        .hasMessageContaining("set it back");
  }

  @Test
  void bootNodeOfAnotherAuthorityThanThePinnedOneIsRefused() throws Exception {
    PychainNode boot = boot();
    client("client_1", boot).close();
    String otherKey = "ab".repeat(32);

    NodeConfig pinned =
        config("client_1").bootNodes(otherKey + "@127.0.0.1:" + boot.peerPort()).build();

    assertThatThrownBy(() -> PychainNode.start(pinned))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another authority");
  }

  @Test
  void newcomerWithoutABootNodeIsToldWhatIsMissing() {
    assertThatThrownBy(() -> PychainNode.start(config("client_1").build()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BOOT_NODE is not set");
  }

  @Test
  void failedStartLetsGoOfItsFolder() throws Exception {
    assertThatThrownBy(() -> PychainNode.start(config("boot").build()))
        .isInstanceOf(IOException.class);

    boot();

    assertThat(Files.exists(folder.resolve("boot").resolve("authority-key"))).isTrue();
  }
}
