package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Contact;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Input.GuestUp;
import io.pychain.core.protocol.Input.LinkUp;
import io.pychain.core.ring.Guid;
import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.TransportConfig.Accepting;
import io.pychain.node.link.TransportConfig.Dialling;
import io.pychain.node.link.TransportConfig.Pace;
import io.pychain.node.link.TransportConfig.Patience;
import io.pychain.node.link.TransportConfig.Queues;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What somebody may do with packets alone: reflect, replay, downgrade, flood.
class AttacksTest {
  private final TestNetwork network = new TestNetwork("here");
  private final NodeKeys keys = NodeKeys.generate();
  private final List<Socket> opened = new ArrayList<>();
  private TestNode node;

  @BeforeEach
  void startABootNode() throws IOException {
    node = network.member(0, Contact.BOOT);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : opened) {
      socket.close();
    }
    node.close();
  }

  @Test
  void ownHelloSentBackIsRefused() throws Exception {
    try (Stranger mirror = Stranger.connect(node, keys)) {
      mirror.say(mirror.hear());

      node.awaitRefused(Refusal.IDENTITY, 1);
    }
    assertThat(node.inputs()).isEmpty();
  }

  @Test
  void nodeThatIsLedToItselfFormsNoLink() throws Exception {
    try (Relay mirror = new Relay(node.address())) {
      node.dial(Guid.of(1), mirror.address());

      node.awaitRefused(Refusal.IDENTITY, 1);
    }
    assertThat(node.inputs()).noneMatch(LinkUp.class::isInstance);
  }

  @Test
  void recordedLinkIsWorthNothingWhenItIsReplayed() throws Exception {
    byte[] recorded;
    try (Relay wire = new Relay(node.address());
        TestNode member = network.member(9)) {
      member.dial(node.guid(), wire.address());
      node.expectLink();
      recorded = wire.heard();
    }
    assertThat(recorded).hasSizeGreaterThan(500);
    try (TestNode other = network.member(3);
        TestNode foreign = new TestNetwork("there").member(0)) {
      for (TestNode target : List.of(node, other, foreign)) {
        say(target, recorded);

        TestNode.await(
            "the replay is refused",
            () -> target.refused(Refusal.TLS_FAILED) + target.refused(Refusal.BROKEN_OFF) > 0);
        assertThat(target.inputs()).noneMatch(LinkUp.class::isInstance);
      }
    }
  }

  private void say(TestNode target, byte[] bytes) throws IOException {
    Socket socket = Stranger.plain(target);
    opened.add(socket);
    socket.getOutputStream().write(bytes);
    socket.shutdownOutput();
  }

  @Test
  void otherCiphersGroupsAndSignaturesAreRefused() {
    assertRefused(offer -> offer.setCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"}));
    assertRefused(offer -> offer.setCipherSuites(new String[] {"TLS_CHACHA20_POLY1305_SHA256"}));
    assertRefused(offer -> offer.setNamedGroups(new String[] {"secp256r1"}));
    assertRefused(offer -> offer.setSignatureSchemes(new String[] {"ecdsa_secp256r1_sha256"}));
    assertThat(node.inputs()).isEmpty();
  }

  private void assertRefused(Consumer<SSLParameters> change) {
    assertThatThrownBy(
            () -> {
              SSLContext context = SSLContext.getInstance("TLSv1.3");
              KeyManager[] identity = {
                new NodeIdentity(keys.privateKey(), NodeCertificate.make(keys))
              };
              context.init(identity, new TrustManager[] {new NodeTrust()}, null);
              try (Socket socket = Stranger.plain(node);
                  SSLSocket tls =
                      (SSLSocket)
                          context.getSocketFactory().createSocket(socket, "127.0.0.1", 1, true)) {
                SSLParameters offer = tls.getSSLParameters();
                change.accept(offer);
                tls.setSSLParameters(offer);
                tls.startHandshake();
                assertThat(tls.getInputStream().read()).as("a hello").isEqualTo(-1);
                throw new IOException("closed");
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void halfKnocksAndHalfHellosAreBoundedAndHinderNobody() throws Exception {
    byte[] halfKnock = {0, 0, 0, 40, 8, 1};
    byte[] halfHello = {Tls.FIRST_BYTE, 3, 1, 2, 0, 1, 0};
    for (int i = 0; i < 600; i++) {
      Socket socket = Stranger.plain(node);
      opened.add(socket);
      socket.getOutputStream().write(i % 2 == 0 ? halfKnock : halfHello);
    }
    node.awaitRefused(Refusal.GAVE_WAY, 600 - Accepting.DEFAULT.handshakesMax());

    try (TestNode member = network.member(998)) {
      member.dial(node);
      member.expect(LinkUp.class);
    }
  }

  @Test
  void floodOfHandshakesHasItsBoundsAndWhoKnocksIsServedAllTheSame() throws Exception {
    node.close();
    Accepting slow = new Accepting(2_000, 256, 10, new Pace(2, 2, 10));
    var config =
        new TransportConfig(
            TestNetwork.anyPort(), slow, Dialling.DEFAULT, Patience.DEFAULT, Queues.DEFAULT);
    node = TestNode.start(network, 0, config, Contact.BOOT);
    byte[] begun = {Tls.FIRST_BYTE, 3, 1, 2, 0};

    for (int i = 0; i < 60; i++) {
      Socket socket = Stranger.plain(node);
      opened.add(socket);
      socket.getOutputStream().write(begun);
    }
    node.awaitRefused(Refusal.TOO_MANY_HANDSHAKES, 40);

    Entering newcomer = new Entering(keys.key(), Optional.empty());
    Enter enter = knock(newcomer);
    try (Socket socket = Stranger.plain(node)) {
      newcomer.enter(socket, enter);
      Stranger.over(socket, keys)
          .say(Stranger.hello(Optional.empty(), ProtocolRange.OWN, Optional.empty()));
      assertThat(node.expect(GuestUp.class).key()).isEqualTo(keys.key());
    }
  }

  private Enter knock(Entering newcomer) throws IOException {
    try (Socket socket = Stranger.plain(node)) {
      return newcomer.pay(newcomer.knock(socket, 0));
    }
  }
}
