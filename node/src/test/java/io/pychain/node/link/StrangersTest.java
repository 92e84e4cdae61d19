package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.link.LinkId;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Input.GuestUp;
import io.pychain.core.protocol.Input.LinkDown;
import io.pychain.core.protocol.Input.LinkUp;
import io.pychain.core.protocol.Input.Received;
import io.pychain.core.ring.Position;
import io.pychain.node.Node.LinkTraffic;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.TransportConfig.Accepting;
import io.pychain.node.link.TransportConfig.Dialling;
import io.pychain.node.link.TransportConfig.Patience;
import io.pychain.node.link.TransportConfig.Queues;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever comes in by the port, the node stays up, says why where it can, and counts it.
class StrangersTest {
  private final TestNetwork network = new TestNetwork("here");
  private final NodeKeys keys = NodeKeys.generate();
  private TestNode node;

  @BeforeEach
  void startABootNode() throws IOException {
    node = network.member(0, Contact.BOOT);
  }

  @AfterEach
  void everybodyElseIsStillServed() throws Exception {
    try (TestNode member = network.member(999)) {
      member.dial(node);
      member.expect(LinkUp.class);
    }
    node.close();
  }

  @Test
  void otherProtocolIsRefused() throws Exception {
    try (Socket http = Stranger.plain(node)) {
      http.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      node.awaitRefused(Refusal.NOT_TLS, 1);
    }
  }

  @Test
  void randomBytesAreRefused() throws Exception {
    byte[] noise = new byte[10_000];
    new Random(1).nextBytes(noise);
    noise[0] = Tls.FIRST_BYTE;
    try (Socket socket = Stranger.plain(node)) {
      socket.getOutputStream().write(noise);

      node.awaitRefused(Refusal.TLS_FAILED, 1);
    }
  }

  @Test
  void whoeverConnectsAndLeavesIsCounted() throws Exception {
    Stranger.plain(node).close();

    node.awaitRefused(Refusal.BROKEN_OFF, 1);
  }

  @Test
  void hugeLengthIsRefusedBeforeItsBytesCome() throws Exception {
    try (Stranger stranger = Stranger.connect(node, keys)) {
      stranger.say(new byte[] {0x7f, -1, -1, -1});

      Goodbye goodbye = stranger.hearGoodbye();

      assertThat(goodbye.reason()).isEqualTo(Reason.MALFORMED);
      assertThat(goodbye.detail()).contains("2147483647 bytes", "16384");
      node.awaitRefused(Refusal.MALFORMED, 1);
    }
  }

  @Test
  void negativeLengthIsRefused() throws Exception {
    try (Stranger stranger = Stranger.connect(node, keys)) {
      stranger.say(new byte[] {-1, -1, -1, -1});

      assertThat(stranger.hearGoodbye().detail()).contains("4294967295 bytes");
    }
  }

  @Test
  void bytesThatAreNoFrameAreRefused() throws Exception {
    try (Stranger stranger = Stranger.connect(node, keys)) {
      stranger.say(new byte[] {0, 0, 0, 3, -1, -1, -1});

      assertThat(stranger.hearGoodbye().reason()).isEqualTo(Reason.MALFORMED);
    }
  }

  @Test
  void halfAFrameIsCounted() throws Exception {
    try (Stranger stranger = Stranger.connect(node, keys)) {
      stranger.say(new byte[] {0, 0, 1, 0, 10, 20});
    }

    node.awaitRefused(Refusal.BROKEN_OFF, 1);
  }

  @Test
  void anythingBeforeTheHelloIsRefused() throws Exception {
    try (Stranger stranger = Stranger.connect(node, keys)) {
      stranger.say(new Frame.Ping(1));

      assertThat(stranger.hearGoodbye().detail()).contains("hello");
    }
  }

  @Test
  void otherVersionIsToldBothRanges() throws Exception {
    try (Stranger stranger = Stranger.connect(node, keys)) {
      stranger.say(Stranger.hello(Optional.empty(), new ProtocolRange(8, 9), Optional.empty()));

      Goodbye goodbye = stranger.hearGoodbye();

      assertThat(goodbye.reason()).isEqualTo(Reason.VERSION);
      assertThat(goodbye.detail()).contains(ProtocolRange.OWN.toString(), "8 to 9");
      node.awaitRefused(Refusal.VERSION, 1);
    }
  }

  @Test
  void guestThatDoesAnythingButJoinIsRefused() throws Exception {
    try (Stranger stranger = Stranger.newcomer(node)) {
      node.expect(GuestUp.class);
      stranger.say(new Frame.RecordsWanted(List.of()));

      assertThat(stranger.hearGoodbye().reason()).isEqualTo(Reason.MALFORMED);
    }
    assertThat(node.expect(LinkDown.class).reason()).contains("RecordsWanted");
    assertThat(node.refused(Refusal.MALFORMED)).isEqualTo(1);
  }

  @Test
  void memberDoesNotIntroduceItselfTwice() throws Exception {
    try (Stranger member = member()) {
      node.expect(LinkUp.class);
      member.say(
          new Frame.Hello(Optional.empty(), ProtocolRange.OWN, 1, Optional.empty(), "192.0.2.7"));

      assertThat(member.hearGoodbye().reason()).isEqualTo(Reason.MALFORMED);
    }
  }

  @Test
  void silentStrangerIsSentAwayInTime() throws Exception {
    restart(Accepting.DEFAULT, shortPatience(), Queues.DEFAULT);
    try (Socket silent = Stranger.plain(node)) {
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    node.awaitRefused(Refusal.TIMED_OUT, 1);
  }

  @Test
  void strangerThatIsSilentAfterTlsIsSentAwayInTime() throws Exception {
    restart(Accepting.DEFAULT, shortPatience(), Queues.DEFAULT);
    try (Stranger silent = Stranger.connect(node, keys)) {
      node.awaitRefused(Refusal.TIMED_OUT, 1);
      assertThat(silent.hear()).isInstanceOf(Frame.Hello.class);
    }
  }

  @Test
  void dripOfBytesDoesNotProlongTheHandshake() throws Exception {
    restart(Accepting.DEFAULT, shortPatience(), Queues.DEFAULT);
    try (Socket slow = Stranger.plain(node)) {
      slow.getOutputStream().write(Tls.FIRST_BYTE);

      assertThatThrownBy(() -> drip(slow)).isInstanceOf(IOException.class);
    }
    node.awaitRefused(Refusal.TIMED_OUT, 1);
  }

  private static void drip(Socket socket) throws IOException {
    while (true) {
      socket.getOutputStream().write(3);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void guestThatDoesNotJoinIsSentAwayInTime() throws Exception {
    restart(Accepting.DEFAULT, shortPatience(), Queues.DEFAULT);
    try (Stranger guest = Stranger.newcomer(node)) {
      assertThat(guest.hearGoodbye().reason()).isEqualTo(Reason.SILENT);
    }
    node.awaitRefused(Refusal.TIMED_OUT, 1);
  }

  @Test
  void tooManyGuestsAreToldToComeBack() throws Exception {
    restart(new Accepting(100, 50, 1), Patience.DEFAULT, Queues.DEFAULT);
    try (Stranger first = Stranger.newcomer(node)) {
      node.expect(GuestUp.class);

      try (Stranger second = Stranger.newcomer(node)) {
        assertThat(second.hearGoodbye().reason()).isEqualTo(Reason.FULL);
      }
      assertThat(first.hear()).isInstanceOf(Frame.Hello.class);
    }
    node.awaitRefused(Refusal.TOO_MANY_GUESTS, 1);
  }

  @Test
  void thousandsOfIdleConnectionsAreBoundedAndHinderNobody() throws Exception {
    int idle = 2_000;
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < idle; i++) {
        sockets.add(Stranger.plain(node));
      }
      node.awaitRefused(Refusal.GAVE_WAY, idle - Accepting.DEFAULT.handshakesMax());

      everybodyElseIsStillServedNow();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private void everybodyElseIsStillServedNow() throws Exception {
    try (TestNode member = network.member(998)) {
      member.dial(node);
      member.expect(LinkUp.class);
    }
  }

  @Test
  void silentStrangersGiveWayBeforeThoseWhoIntroduceThemselves() throws Exception {
    restart(new Accepting(100, 2, 1), Patience.DEFAULT, Queues.DEFAULT);
    List<Socket> sockets = new ArrayList<>();
    try (Stranger polite = Stranger.connect(node, keys)) {
      for (int i = 0; i < 20; i++) {
        sockets.add(Stranger.plain(node));
      }
      node.awaitRefused(Refusal.GAVE_WAY, 19);

      polite.say(Stranger.hello(Optional.empty(), ProtocolRange.OWN, Optional.empty()));

      node.expect(GuestUp.class);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAtOnce() throws Exception {
    restart(new Accepting(2, 1, 1), Patience.DEFAULT, Queues.DEFAULT);
    try (Stranger member = member()) {
      node.expect(LinkUp.class);
      try (Socket waiting = Stranger.plain(node);
          Socket third = Stranger.plain(node)) {
        assertThat(third.getInputStream().read()).isEqualTo(-1);
        assertThat(waiting.isClosed()).isFalse();
      }
      node.awaitRefused(Refusal.TOO_MANY_CONNECTIONS, 1);
      assertThat(member.hear()).isInstanceOf(Frame.Hello.class);
    }
    node.expect(LinkDown.class);
  }

  @Test
  void pushesForAPeerThatDoesNotReadAreDroppedAndCounted() throws Exception {
    Queues small = new Queues(10_000, 10_000, 1 << 20, 1 << 20, 1 << 20);
    restart(Accepting.DEFAULT, Patience.DEFAULT, small);
    try (Stranger deaf = member()) {
      LinkId link = node.expectLink();
      var batch = network.batch(0, node.keys(), new byte[100_000]);

      TestNode.await(
          "pushes are dropped",
          () -> {
            node.send(link, new Frame.Push(batch, new Position(0), 1));
            return traffic(link).droppedFrames() > 0;
          });

      assertThat(traffic(link).queuedBytes()).isLessThanOrEqualTo(1 << 20);
      assertThat(deaf.hear()).isInstanceOf(Frame.Hello.class);
    }
  }

  @Test
  void peerThatDoesNotReadWhatItMustIsDisconnected() throws Exception {
    Queues small = new Queues(10_000, 10_000, 1 << 20, 1 << 20, 1 << 20);
    restart(Accepting.DEFAULT, Patience.DEFAULT, small);
    try (Stranger deaf = member()) {
      LinkId link = node.expectLink();
      var batch = network.batch(0, node.keys(), new byte[100_000]);

      TestNode.await(
          "the outbox overflows",
          () -> {
            node.send(link, new Frame.Push(batch, new Position(0), 1));
            node.send(link, new Frame.Ping(1));
            return node.refused(Refusal.TOO_SLOW) == 1;
          });

      assertThat(node.expect(LinkDown.class).reason()).contains("too slowly");
      assertThat(deaf.hear()).isInstanceOf(Frame.Hello.class);
    }
  }

  @Test
  void droppingAPeerThatDoesNotReadTakesNoLongerThanItMay() throws Exception {
    restart(Accepting.DEFAULT, shortPatience(), Queues.DEFAULT);
    try (Stranger deaf = member()) {
      LinkId link = node.expectLink();
      var batch = network.batch(0, node.keys(), new byte[100_000]);
      TestNode.await(
          "the writer is stuck",
          () -> {
            node.send(link, new Frame.Push(batch, new Position(0), 1));
            return traffic(link).droppedFrames() > 0;
          });

      node.drop(link, Reason.UNNEEDED);

      assertThat(node.expect(LinkDown.class).reason()).contains("UNNEEDED");
      assertThat(deaf.hear()).isInstanceOf(Frame.Hello.class);
    }
  }

  @Test
  void unknownKindOfFrameIsCountedAndTheLinkStaysUp() throws Exception {
    try (Stranger newer = member()) {
      node.expectLink();
      newer.say(new byte[] {0, 0, 0, 4, (byte) 0xfa, (byte) 0x3e, 1, 0});
      newer.say(new Frame.Ping(5));

      assertThat(node.expect(Received.class).frame()).isEqualTo(new Frame.Ping(5));
      assertThat(node.refused(Refusal.UNKNOWN_FRAME)).isEqualTo(1);
    }
    node.expect(LinkDown.class);
  }

  private LinkTraffic traffic(LinkId link) {
    return Optional.ofNullable(node.transport().traffic().get(link)).orElseThrow();
  }

  private Stranger member() throws IOException {
    return member(5);
  }

  private Stranger member(int guid) throws IOException {
    NodeKeys own = NodeKeys.generate();
    Stranger stranger = Stranger.connect(node, own);
    var record = network.record(guid, own, node.address());
    stranger.say(
        Stranger.hello(Optional.of(network.info()), ProtocolRange.OWN, Optional.of(record)));
    return stranger;
  }

  private static Patience shortPatience() {
    Duration brief = Duration.ofMillis(400);
    return new Patience(brief, brief, brief, brief);
  }

  private void restart(Accepting accepting, Patience patience, Queues queues) throws IOException {
    node.close();
    var config =
        new TransportConfig(TestNetwork.anyPort(), accepting, Dialling.DEFAULT, patience, queues);
    node = TestNode.start(network, 0, config, Contact.BOOT);
  }
}
