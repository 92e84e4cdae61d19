package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.pychain.core.link.Evidence;
import io.pychain.core.link.Fault;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.LogId;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Input.DialFailed;
import io.pychain.core.protocol.Input.LinkDown;
import io.pychain.core.protocol.Input.LinkUp;
import io.pychain.core.protocol.Input.Received;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.wire.WireLimits;
import io.pychain.node.Node.LinkTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransportTest {
  private final TestNetwork network = new TestNetwork("here");
  private TestNode alice;
  private TestNode bob;

  @BeforeEach
  void startTwoMembers() throws IOException {
    alice = network.member(1);
    bob = network.member(2);
  }

  @AfterEach
  void stopThem() {
    alice.close();
    bob.close();
  }

  @Test
  void bothEndsLearnWhoTheOtherIs() throws Exception {
    alice.dial(bob);

    LinkUp dialled = alice.expect(LinkUp.class);
    LinkUp accepted = bob.expect(LinkUp.class);

    assertThat(dialled.record()).isEqualTo(bob.record());
    assertThat(dialled.storeId()).isEqualTo(1_002);
    assertThat(dialled.dialled()).isTrue();
    assertThat(accepted.record()).isEqualTo(alice.record());
    assertThat(accepted.storeId()).isEqualTo(1_001);
    assertThat(accepted.dialled()).isFalse();
  }

  @Test
  void framesArriveInTheOrderOfSendingBothWays() throws Exception {
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    LinkId toAlice = bob.expectLink();

    LongStream.range(0, 1_000).forEach(i -> alice.send(toBob, new Frame.Ping(i)));
    LongStream.range(0, 1_000).forEach(i -> bob.send(toAlice, new Frame.Pong(i)));

    for (long i = 0; i < 1_000; i++) {
      assertThat(bob.expect(Received.class)).isEqualTo(new Received(toAlice, new Frame.Ping(i)));
      assertThat(alice.expect(Received.class)).isEqualTo(new Received(toBob, new Frame.Pong(i)));
    }
  }

  @Test
  void largestMessageArrivesWhole() throws Exception {
    byte[] payload = new byte[WireLimits.MESSAGE_BYTES_MAX];
    new Random(1).nextBytes(payload);
    Batch large = network.batch(1, alice.keys(), payload);
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    bob.expectLink();

    alice.send(toBob, push(large));

    Frame.Push arrived = (Frame.Push) bob.expect(Received.class).frame();
    assertThat(arrived.batch()).isEqualTo(large);
  }

  @Test
  void batchOfAnOriginNobodyKnowsIsReportedAndNotPassedOn() throws Exception {
    Batch strange = network.batch(9, alice.keys(), new byte[] {1});
    alice.dial(bob);
    LinkId toBob = alice.expectLink();

    alice.send(toBob, push(strange));

    assertThat(bob.expect(Input.UnknownOrigin.class).log()).isEqualTo(new LogId(new Guid(9), 1));
  }

  @Test
  void batchThatItsOriginDidNotSignEndsTheLink() throws Exception {
    Batch forged = network.batch(1, bob.keys(), new byte[] {1});
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    bob.expectLink();

    alice.send(toBob, push(forged));

    assertThat(alice.expect(LinkDown.class).reason()).contains("INVALID", "signature");
    assertThat(bob.expect(Input.Misdeed.class).fault()).isEqualTo(Fault.SIGNATURE);
    assertThat(bob.expect(LinkDown.class).reason()).contains("INVALID");
    assertThat(bob.refused(Refusal.INVALID)).isEqualTo(1);
  }

  @Test
  void droppedLinkEndsOnBothSidesWithTheReason() throws Exception {
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    bob.expectLink();

    alice.drop(toBob, Reason.REDUNDANT);

    assertThat(alice.expect(LinkDown.class).reason()).contains("dropped", "REDUNDANT");
    assertThat(bob.expect(LinkDown.class).reason()).contains("goodbye", "as the test wants it");
    TestNode.await("traffic of links that are gone", () -> alice.transport().traffic().isEmpty());
  }

  @Test
  void whatWasSentBeforeTheDropStillArrives() throws Exception {
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    bob.expectLink();

    LongStream.range(0, 500).forEach(i -> alice.send(toBob, new Frame.Ping(i)));
    alice.drop(toBob, Reason.UNNEEDED);

    for (long i = 0; i < 500; i++) {
      assertThat(bob.expect(Received.class).frame()).isEqualTo(new Frame.Ping(i));
    }
    bob.expect(LinkDown.class);
  }

  @Test
  void bothMayDropAtTheSameTime() throws Exception {
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    LinkId toAlice = bob.expectLink();

    alice.drop(toBob, Reason.REDUNDANT);
    bob.drop(toAlice, Reason.REDUNDANT);

    alice.expect(LinkDown.class);
    bob.expect(LinkDown.class);
    assertThat(alice.inputs()).isEmpty();
    assertThat(bob.inputs()).isEmpty();
  }

  @Test
  void closingSaysGoodbyeAndLeavesNoThread() throws Exception {
    alice.dial(bob);
    alice.expectLink();
    bob.expectLink();

    assertThat(linkThreads()).isNotEmpty();
    alice.close();

    assertThat(bob.expect(LinkDown.class).reason()).contains("goodbye, STOPPING");
    alice.expect(LinkDown.class);
    bob.close();
    TestNode.await("threads of the links are gone", () -> linkThreads().isEmpty());
  }

  @Test
  void nodeThatCannotKeepUpSlowsItsPeerAndLosesNothing() throws Exception {
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    bob.expectLink();
    Batch batch = network.batch(1, alice.keys(), new byte[1 << 20]);
    bob.stopTaking();

    int queued = 0;
    while (alice.transport().sendWhenRoom(toBob, push(batch), Duration.ofMillis(500))) {
      queued++;
    }
    assertThat(traffic(alice, toBob).queuedBytes()).isPositive();
    assertThat(bob.inputs()).isEmpty();
    bob.takeAgain();

    for (int i = 0; i < queued; i++) {
      bob.expect(Received.class);
    }
    assertThat(bob.inputs()).isEmpty();
    assertThat(traffic(alice, toBob).droppedFrames()).isZero();
  }

  @Test
  void closingDoesNotWaitForAProtocolThatIsStuck() throws Exception {
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    bob.expectLink();
    bob.stopTaking();
    alice.send(toBob, new Frame.Ping(1));

    bob.close();

    assertThat(alice.expect(LinkDown.class).link()).isEqualTo(toBob);
    alice.close();
    TestNode.await("threads of the links are gone", () -> linkThreads().isEmpty());
  }

  @Test
  void nothingIsSentOverALinkThatIsGone() throws Exception {
    LinkId gone = new LinkId(77);

    alice.send(gone, new Frame.Ping(1));
    alice.drop(gone, Reason.UNNEEDED);

    assertThat(alice.transport().sendWhenRoom(gone, new Frame.Ping(1), Duration.ofDays(1)))
        .isFalse();
    assertThat(alice.inputs()).isEmpty();
  }

  @Test
  void onlySoManyAreDialledAtOnceAndOnlySoManyWait() throws Exception {
    TransportConfig base = TransportConfig.on(TestNetwork.anyPort());
    TransportConfig narrow =
        new TransportConfig(
            base.listen(),
            base.accepting(),
            new TransportConfig.Dialling(2, 3),
            base.patience(),
            base.queues());
    try (TestNode node = network.member(4, narrow);
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Address address = new Address("127.0.0.1", silent.getLocalPort());
      for (int i = 0; i < 12; i++) {
        node.dial(new Guid(100 + i), address);
      }

      for (int i = 0; i < 12 - 2 - 3; i++) {
        assertThat(node.expect(DialFailed.class).reason()).contains("too many dials");
      }
      silent.accept().close();
      assertThat(node.expect(DialFailed.class).reason()).doesNotContain("too many dials");
    }
  }

  @Test
  void dialNamesWhyNobodyWasReached() throws Exception {
    bob.close();

    alice.dial(bob);

    DialFailed failed = alice.expect(DialFailed.class);
    assertThat(failed.guid()).isEqualTo(bob.guid());
    assertThat(failed.reason()).contains("refused", Integer.toString(bob.address().port()));
    assertThat(failed.evidence()).isEqualTo(Evidence.REFUSED);
  }

  @Test
  void dialToAnUnknownHostSaysOnlyThatNobodyIsReached() throws Exception {
    alice.dial(bob.guid(), new Address("no.such.host.invalid", 1));

    assertThat(alice.expect(DialFailed.class).evidence()).isEqualTo(Evidence.UNREACHABLE);
  }

  @Test
  void weakestSignOfAllAddressesCounts() throws Exception {
    bob.close();

    alice.dial(bob.guid(), bob.address(), new Address("no.such.host.invalid", 1));

    assertThat(alice.expect(DialFailed.class).evidence()).isEqualTo(Evidence.UNREACHABLE);
  }

  @Test
  void whoeverConnectsAndSaysNothingIsMute() throws Exception {
    TransportConfig base = TransportConfig.on(TestNetwork.anyPort());
    TransportConfig hasty =
        new TransportConfig(
            base.listen(),
            base.accepting(),
            base.dialling(),
            new TransportConfig.Patience(
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2)),
            base.queues());
    try (TestNode node = network.member(4, hasty);
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      node.dial(bob.guid(), new Address("127.0.0.1", silent.getLocalPort()));

      assertThat(node.expect(DialFailed.class).evidence()).isEqualTo(Evidence.MUTE);
    }
  }

  @Test
  void dialTriesTheNextAddress() throws Exception {
    TestNode gone = network.member(3);
    gone.close();

    alice.dial(bob.guid(), gone.address(), new Address("no.such.host.invalid", 1), bob.address());

    assertThat(alice.expect(LinkUp.class).record()).isEqualTo(bob.record());
  }

  @Test
  void dialFailsIfAnotherMemberAnswers() throws Exception {
    alice.dial(new Guid(7), bob.address());

    DialFailed failed = alice.expect(DialFailed.class);
    assertThat(failed.reason()).contains("not GUID 7");
    assertThat(failed.evidence()).isEqualTo(Evidence.OTHER);
    assertThat(alice.refused(Refusal.IDENTITY)).isEqualTo(1);
    bob.expectLink();
    assertThat(bob.expect(LinkDown.class).reason()).contains("IDENTITY");
  }

  @Test
  void nodeNeverDialsItself() throws Exception {
    alice.dial(new Guid(7), alice.address());

    assertThat(alice.expect(DialFailed.class).reason()).contains("this node itself");
    assertThat(alice.inputs()).isEmpty();
  }

  @Test
  void memberOfAnotherNetworkIsRefusedByBoth() throws Exception {
    try (TestNode stranger = new TestNetwork("there").member(3)) {
      stranger.dial(bob);

      assertThat(stranger.expect(DialFailed.class).reason()).contains("network");
      bob.awaitRefused(Refusal.NETWORK, 1);
      assertThat(bob.inputs()).isEmpty();
    }
  }

  @Test
  void stolenRecordIsRefused() throws Exception {
    try (TestNode thief = TestNode.thief(network, alice.record())) {
      thief.dial(bob);

      bob.awaitRefused(Refusal.IDENTITY, 1);
      assertThat(bob.inputs()).isEmpty();
    }
  }

  @Test
  void queuedAndCarriedBytesAreReported() throws Exception {
    alice.dial(bob);
    LinkId toBob = alice.expectLink();
    LinkId toAlice = bob.expectLink();
    alice.send(toBob, new Frame.Ping(1));
    bob.expect(Received.class);

    LinkTraffic sent = traffic(alice, toBob);
    LinkTraffic received = traffic(bob, toAlice);

    assertThat(sent.sentBytes()).isPositive().isEqualTo(received.receivedBytes());
    assertThat(sent.queuedBytes()).isZero();
  }

  private static LinkTraffic traffic(TestNode node, LinkId link) {
    return Optional.ofNullable(node.transport().traffic().get(link)).orElseThrow();
  }

  private static Frame.Push push(Batch batch) {
    return new Frame.Push(batch, new Position(0), 1);
  }

  private static List<String> linkThreads() {
    try {
      Path dump = Files.createTempDirectory("threads").resolve("dump");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      try (Stream<String> lines = Files.lines(dump)) {
        return lines.filter(line -> line.matches("#\\d+ \"(link|accepted|dial).*")).toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
