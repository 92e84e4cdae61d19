package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Address;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Admitted;
import io.pychain.core.message.NodeKey;
import io.pychain.core.protocol.Input.GuestUp;
import io.pychain.core.protocol.Input.LinkDown;
import io.pychain.core.protocol.Input.Received;
import io.pychain.core.ring.Guid;
import io.pychain.node.config.BootAddress;
import io.pychain.node.keys.Ed25519Scheme;
import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.JoinClient.Joined;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(250);

  private final TestNetwork network = new TestNetwork("here");
  private final NodeKeys keys = NodeKeys.generate();
  private final JoinClient client =
      new JoinClient(keys, NodeCertificate.make(keys), new Ed25519Scheme(), Optional.empty());
  private TestNode boot;

  @BeforeEach
  void startABootNode() throws IOException {
    boot = network.member(0, Contact.BOOT);
  }

  @AfterEach
  void stopIt() {
    boot.close();
  }

  @Test
  void newcomerGetsACertificateForItsKey() throws Exception {
    CompletableFuture<Joined> joining = join(Optional.empty(), entry(boot, Optional.empty()));

    admit(keys.key());

    Joined joined = joining.get();
    assertThat(joined.network()).isEqualTo(network.info());
    assertThat(joined.certificate().guid()).isEqualTo(new Guid(7));
    assertThat(joined.certificate().key()).isEqualTo(keys.key());
    assertThat(joined.boot()).isEqualTo(boot.record());
    assertThat(joined.observedHost()).isEqualTo("127.0.0.1");
    assertThat(boot.expect(LinkDown.class).reason()).contains("UNNEEDED", "joined");
  }

  @Test
  void pinnedAuthorityIsAccepted() throws Exception {
    NodeKey authority = network.info().authority();
    CompletableFuture<Joined> joining =
        join(Optional.of(authority), entry(boot, Optional.of(authority)));

    admit(keys.key());

    assertThat(joining.get().network()).isEqualTo(network.info());
  }

  @Test
  void otherAuthorityThanThePinnedIsRefusedWithBothKeys() throws Exception {
    NodeKey other = NodeKeys.generate().key();

    assertThatThrownBy(() -> join(LONG, Optional.empty(), entry(boot, Optional.of(other))))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            other.toString(), network.info().authority().toString(), "BOOT_NODE names", "correct");
    assertThat(boot.inputs()).as("it was found out before TLS").isEmpty();
  }

  @Test
  void otherAuthorityThanTheOneJoinedUnderIsRefused() {
    NodeKey kept = NodeKeys.generate().key();

    assertThatThrownBy(() -> join(LONG, Optional.of(kept), entry(boot, Optional.empty())))
        .hasMessageContainingAll(kept.toString(), "has joined under", "STORAGE_DIR");
  }

  @Test
  void pinThatContradictsTheOneJoinedUnderIsRefusedWithoutAsking() {
    NodeKey kept = NodeKeys.generate().key();
    BootAddress entry = entry(boot, Optional.of(network.info().authority()));

    assertThatThrownBy(() -> join(LONG, Optional.of(kept), entry))
        .hasMessageContainingAll(kept.toString(), network.info().authority().toString());
    assertThat(boot.inputs()).isEmpty();
  }

  @Test
  void ordinaryMemberIsNoBootNode() throws Exception {
    try (TestNode member = network.member(3)) {
      assertThatThrownBy(() -> join(LONG, Optional.empty(), entry(member, Optional.empty())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("NOT_A_BOOT_NODE");
      assertThat(member.refused(Refusal.NOT_A_BOOT_NODE)).isEqualTo(1);
    }
  }

  @Test
  void nextEntryIsTriedAndEveryFailureTold() throws Exception {
    TestNode gone = network.member(4);
    gone.close();
    try (TestNode member = network.member(3)) {
      CompletableFuture<Joined> joining =
          join(
              Optional.empty(),
              entry(gone, Optional.empty()),
              entry(member, Optional.empty()),
              entry(boot, Optional.empty()));
      admit(keys.key());
      assertThat(joining.get().boot()).isEqualTo(boot.record());

      assertThatThrownBy(() ->
              join(
                  SHORT,
                  Optional.empty(),
                  entry(gone, Optional.empty()),
                  entry(member, Optional.empty())))
          .hasMessageContainingAll(
              gone.address().toString(), "refused", member.address().toString(), "NOT_A_BOOT_NODE");
    }
  }

  @Test
  void nobodyThereIsTriedAgainUntilSomebodyComes() throws Exception {
    boot.close();
    CompletableFuture<Joined> joining = join(Optional.empty(), entry(boot, Optional.empty()));

    var port = new InetSocketAddress(InetAddress.getLoopbackAddress(), boot.address().port());
    boot = TestNode.start(network, 0, TransportConfig.on(port), Contact.BOOT);
    admit(keys.key());

    assertThat(joining.get().certificate().guid()).isEqualTo(new Guid(7));
  }

  @Test
  void certificateForAnotherKeyIsRefused() throws Exception {
    CompletableFuture<Joined> joining = join(Optional.empty(), entry(boot, Optional.empty()));

    admit(NodeKeys.generate().key());

    assertThatThrownBy(joining::join).hasMessageContaining("not its authority's for this key");
  }

  @Test
  void certificateOfAnotherAuthorityIsRefused() throws Exception {
    TestNetwork impostor = new TestNetwork("here");
    CompletableFuture<Joined> joining = join(Optional.empty(), entry(boot, Optional.empty()));
    LinkId guest = boot.expect(GuestUp.class).link();
    boot.expect(Received.class);

    boot.send(guest, new Admitted(impostor.certify(7, keys.key()), boot.record(), false));

    assertThatThrownBy(joining::join).hasMessageContaining("not its authority's for this key");
  }

  @Test
  void bootNodeThatNoAuthorityCertifiedIsRefused() throws Exception {
    TestNetwork other = new TestNetwork("here");
    var stolen = other.record(0, NodeKeys.generate(), boot.address(), Contact.BOOT);
    try (TestNode thief = TestNode.thief(network, stolen)) {
      assertThatThrownBy(() -> join(LONG, Optional.empty(), entry(thief, Optional.empty())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("key");
    }
  }

  @Test
  void apiTellsWhereLinksAreTaken() throws Exception {
    HttpServer api = api(200, status(boot));
    try {
      CompletableFuture<Joined> joining = join(Optional.empty(), entry(api));
      admit(keys.key());

      assertThat(joining.get().network()).isEqualTo(network.info());
    } finally {
      api.stop(0);
    }
  }

  @Test
  void apiOfSomethingElseIsReported() throws Exception {
    for (var answer : List.of(api(404, ""), api(200, "<html>"), api(200, "{}"))) {
      try {
        assertThatThrownBy(() -> join(SHORT, Optional.empty(), entry(answer)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("API");
      } finally {
        answer.stop(0);
      }
    }
  }

  @Test
  void nobodyNamedIsAnError() {
    assertThatThrownBy(() -> join(LONG, Optional.empty())).hasMessageContaining("set BOOT_NODE");
  }

  /// What the protocol of a boot node does.
  private void admit(NodeKey key) throws InterruptedException {
    GuestUp guest = boot.expect(GuestUp.class);
    assertThat(guest.key()).isEqualTo(keys.key());
    assertThat(guest.host()).isEqualTo("127.0.0.1");
    assertThat(boot.expect(Received.class).frame()).isEqualTo(new Frame.Join(0));
    boot.send(guest.link(), new Frame.Ping(1));
    boot.send(guest.link(), new Admitted(network.certify(7, key), boot.record(), false));
  }

  private Joined join(Duration patience, Optional<NodeKey> expected, BootAddress... entries)
      throws IOException, InterruptedException {
    return client.join(List.of(entries), expected, patience);
  }

  private CompletableFuture<Joined> join(Optional<NodeKey> expected, BootAddress... entries) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return join(LONG, expected, entries);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private static BootAddress entry(TestNode node, Optional<NodeKey> pin) {
    return new BootAddress.Peer(node.address(), pin);
  }

  private static BootAddress entry(HttpServer api) {
    var address = new Address("127.0.0.1", api.getAddress().getPort());
    return new BootAddress.Api(false, address);
  }

  private String status(TestNode node) {
    return """
    {"network": {"authority_key": "%s"}, "node": {"address": "%s"}}
    """
        .formatted(network.info().authority(), node.address());
  }

  private static HttpServer api(int status, String body) throws IOException {
    HttpServer server = HttpServer.create(TestNetwork.anyPort(), 0);
    server.createContext(
        "/api/v1/status",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }
}
