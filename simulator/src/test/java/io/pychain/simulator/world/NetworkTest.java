package io.pychain.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.link.Evidence;
import io.pychain.core.message.Address;
import io.pychain.core.message.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The virtual network behaves as TCP does.
class NetworkTest {
  private static final NetworkConfig CONFIG = NetworkConfig.continent();
  private static final Duration ONE_WAY_MAX = CONFIG.latencyMax().plus(CONFIG.jitterMax());
  private static final int BYTES = 100;

  private final Timeline timeline = new Timeline();
  private Network network = new Network(timeline, CONFIG, 1);
  private Peer alice = new Peer(0);
  private Peer bob = new Peer(1);

  @BeforeEach
  void openBob() {
    bob.port.open();
  }

  @Test
  void bothEndsOfALinkComeUpAndKnowEachOther() {
    alice.dial(bob);

    pass(Duration.ofSeconds(1));

    assertThat(alice.heard).containsExactly("up node-1");
    assertThat(bob.heard).containsExactly("up node-0");
  }

  @Test
  void framesArriveInOrderAfterTheLatencyOfThePair() {
    connect();
    IntStream.range(0, 1_000).forEach(alice::send);

    pass(CONFIG.latencyMin().minusNanos(1));
    assertThat(bob.frames).isEmpty();
    pass(ONE_WAY_MAX);

    assertThat(bob.frames).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void closingLetsWhatWasSentArriveAndThenTellsBothEnds() {
    connect();
    alice.send(1);

    alice.end().close("enough");
    alice.send(2);
    pass(Duration.ofSeconds(1));

    assertThat(bob.frames).containsExactly(1);
    assertThat(bob.heard).containsExactly("up node-0", "down enough");
    assertThat(alice.heard).containsExactly("up node-1", "down enough");
  }

  @Test
  void cutLosesWhatIsUnderWayAndBothEndsNoticeAfterAWhile() {
    connect();
    alice.send(1);

    network.cut(alice.port, bob.port);
    alice.send(2);
    pass(CONFIG.noticeMax());

    assertThat(bob.frames).isEmpty();
    assertThat(alice.heard).containsExactly("up node-1", "down connection timed out");
    assertThat(bob.heard).containsExactly("up node-0", "down connection timed out");
  }

  @Test
  void dialAcrossACutFailsAfterTheTimeoutAndWorksWhenMended() {
    network.cut(alice.port, bob.port);

    alice.dial(bob);
    pass(CONFIG.dialTimeout().minusMillis(1));
    assertThat(alice.heard).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(alice.heard).containsExactly("failed UNREACHABLE no answer from node-1:9000");

    network.mend(alice.port, bob.port);
    alice.dial(bob);
    pass(Duration.ofSeconds(1));
    assertThat(alice.heard).endsWith("up node-1");
  }

  @Test
  void brokenLinkCanBeMadeAnewAtOnce() {
    connect();

    network.breakLinks(alice.port, bob.port);
    alice.dial(bob);
    pass(CONFIG.noticeMax());
    alice.send(7);
    pass(ONE_WAY_MAX);

    assertThat(alice.heard)
        .containsExactlyInAnyOrder("up node-1", "up node-1", "down connection timed out");
    assertThat(bob.frames).containsExactly(7);
  }

  @Test
  void crashedProcessResetsItsLinksAndItsMachineRefusesDials() {
    connect();

    bob.port.close();
    pass(ONE_WAY_MAX);
    assertThat(alice.heard).endsWith("down connection reset by peer");

    alice.dial(bob);
    pass(Duration.ofSeconds(1));
    assertThat(alice.heard).endsWith("failed REFUSED connection refused by node-1:9000");
  }

  @Test
  void machineWithoutPowerFallsSilent() {
    connect();

    bob.port.goDark();
    alice.send(1);
    pass(Duration.ofMinutes(1));
    assertThat(alice.heard).containsExactly("up node-1");
    assertThat(bob.frames).isEmpty();

    alice.dial(bob);
    pass(CONFIG.dialTimeout());
    assertThat(alice.heard).endsWith("failed UNREACHABLE no answer from node-1:9000");
  }

  @Test
  void machineThatHasItsPowerBackResetsTheLinksThatItLost() {
    connect();
    bob.port.goDark();
    pass(Duration.ofSeconds(1));

    bob.port.open();
    pass(ONE_WAY_MAX);

    assertThat(alice.heard).endsWith("down connection reset by peer");
  }

  @Test
  void whoeverCrashesWhileDiallingHearsNothing() {
    alice.dial(bob);

    alice.port.close();
    pass(Duration.ofMinutes(1));

    assertThat(alice.heard).isEmpty();
    assertThat(bob.heard).isEmpty();
    assertThat(network.dialsPending()).isZero();
  }

  @Test
  void narrowLinkDelaysFramesByTheirSizeAndLosesThoseThatFindItsOutboxFull() {
    rebuild(CONFIG.withBandwidth(1_000));
    connect();
    long sent = timeline.now();

    alice.send(1);
    alice.send(2);
    boolean taken = alice.end().send(new Frame.Ping(3), CONFIG.outboxBytesMax() + 1);
    pass(Duration.ofMillis(2 * BYTES).plus(ONE_WAY_MAX));

    assertThat(taken).isFalse();
    assertThat(alice.end().framesDropped()).isOne();
    assertThat(bob.frames).containsExactly(1, 2);
    assertThat(bob.lastFrameAt - sent).isGreaterThan(Duration.ofMillis(2 * BYTES).toNanos());
  }

  @Test
  void latencyOfAPairIsTheSameInBothDirectionsAndInEveryRun() {
    Network again = new Network(new Timeline(), CONFIG, 1);
    Network other = new Network(new Timeline(), CONFIG, 2);

    assertThat(network.latency(3, 9)).isEqualTo(network.latency(9, 3));
    assertThat(network.latency(3, 9)).isEqualTo(again.latency(3, 9));
    assertThat(network.latency(3, 9)).isNotEqualTo(other.latency(3, 9));
    assertThat(IntStream.range(1, 500).mapToLong(i -> network.latency(0, i)))
        .allMatch(nanos -> nanos >= CONFIG.latencyMin().toNanos())
        .allMatch(nanos -> nanos <= CONFIG.latencyMax().toNanos());
  }

  @Test
  void blockedWayIsSilentAndTheWayBackIsNot() {
    connect();

    network.block(alice.port, bob.port);
    alice.send(1);
    bob.send(2);
    pass(Duration.ofMinutes(1));
    assertThat(bob.frames).isEmpty();
    assertThat(alice.frames).containsExactly(2);

    alice.dial(bob);
    bob.dial(alice);
    pass(CONFIG.dialTimeout());
    assertThat(alice.heard).endsWith("failed UNREACHABLE no answer from node-1:9000");
    assertThat(bob.heard).endsWith("failed UNREACHABLE no answer from node-0:9000");
  }

  @Test
  void whatWasSentIntoADividedWorldArrivesInOrderOnceItIsUnited() {
    connect();

    network.divide(new int[] {0, 1});
    IntStream.range(0, 10).forEach(alice::send);
    pass(Duration.ofMinutes(1));
    assertThat(bob.frames).isEmpty();

    network.divide(new int[0]);
    alice.send(10);
    pass(ONE_WAY_MAX);
    assertThat(bob.frames).isEqualTo(IntStream.rangeClosed(0, 10).boxed().toList());
  }

  @Test
  void whoGivesALinkUpWhileTheWorldIsDividedIsHeardAfterwards() {
    connect();
    network.divide(new int[] {0, 1});

    alice.end().close("silent");
    pass(Duration.ofMinutes(1));
    assertThat(bob.heard).containsExactly("up node-0");

    network.divide(new int[0]);
    pass(ONE_WAY_MAX);
    assertThat(bob.heard).containsExactly("up node-0", "down silent");
  }

  @Test
  void outboxOfASilentLinkIsBounded() {
    connect();
    network.divide(new int[] {0, 1});

    boolean first = alice.end().send(new Frame.Ping(1), CONFIG.outboxBytesMax());
    boolean second = alice.end().send(new Frame.Ping(2), 1);

    assertThat(first).isTrue();
    assertThat(second).isFalse();
  }

  @Test
  void badWeatherLosesAboutTheShareThatItIsToldTo() {
    connect();
    network.turn(new Weather(0.1, 0, 0, Duration.ZERO));

    IntStream.range(0, 10_000).forEach(alice::send);
    pass(ONE_WAY_MAX);

    assertThat(bob.frames).hasSizeBetween(8_900, 9_100).isSorted();
  }

  @Test
  void badWeatherDuplicatesAndReorders() {
    connect();
    network.turn(new Weather(0, 0.1, 0.1, Duration.ofMillis(50)));

    for (int i = 0; i < 10_000; i++) {
      alice.send(i);
      pass(Duration.ofMillis(1));
    }
    pass(ONE_WAY_MAX.plusMillis(50));

    assertThat(bob.frames).hasSizeBetween(10_900, 11_100);
    assertThat(bob.frames.stream().distinct()).hasSize(10_000);
    assertThat(bob.frames.stream().distinct().toList())
        .isNotEqualTo(IntStream.range(0, 10_000).boxed().toList());
  }

  @Test
  void newcomersConversationIsSparedBadWeather() {
    connect();
    network.turn(new Weather(1, 0, 0, Duration.ZERO));

    assertThat(alice.end().send(new Frame.Join(0), BYTES)).isTrue();
    pass(ONE_WAY_MAX);

    assertThat(bob.others).containsExactly(new Frame.Join(0));
  }

  @Test
  void machinesOfOneRegionAreNearAndRegionsAreFarApart() {
    Network regional = new Network(new Timeline(), CONFIG.withRegions(4), 1);
    long min = CONFIG.latencyMin().toNanos();
    long near = min + CONFIG.latencyMax().minus(CONFIG.latencyMin()).toNanos() / 8;

    for (int i = 1; i < 500; i++) {
      boolean same = regional.regionOf(0) == regional.regionOf(i);
      assertThat(regional.latency(0, i)).isBetween(min, CONFIG.latencyMax().toNanos());
      if (same) {
        assertThat(regional.latency(0, i)).isLessThanOrEqualTo(near);
      }
    }
    assertThat(IntStream.range(0, 500).map(regional::regionOf).distinct().sorted())
        .containsExactly(0, 1, 2, 3);
  }

  private void rebuild(NetworkConfig config) {
    network = new Network(timeline, config, 1);
    alice = new Peer(0);
    bob = new Peer(1);
    bob.port.open();
  }

  private void connect() {
    alice.dial(bob);
    pass(Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    Passing.pass(timeline, time);
  }

  /// A machine that writes down what it hears.
  private final class Peer implements Host, Host.Dialler {
    final Port port;
    final List<String> heard = new ArrayList<>();
    final List<Integer> frames = new ArrayList<>();
    final List<Frame> others = new ArrayList<>();
    final List<LinkEnd> ends = new ArrayList<>();
    long lastFrameAt;

    Peer(int place) {
      port = network.attach(place, new Address("node-" + place, 9000), this);
    }

    void dial(Peer other) {
      port.dial(other.port.address(), this);
    }

    LinkEnd end() {
      return ends.getLast();
    }

    void send(int number) {
      end().send(new Frame.Ping(number), BYTES);
    }

    @Override
    public Greeting greeting() {
      return new Greeting.Guest(
          StandInKey.of(1, "peer").key(), port.address().host(), Optional.empty());
    }

    @Override
    public void connected(LinkEnd end, Greeting peer) {
      accepted(end, peer);
    }

    @Override
    public void failed(String reason, Evidence evidence) {
      heard.add("failed " + evidence + " " + reason);
    }

    @Override
    public void accepted(LinkEnd end, Greeting peer) {
      ends.add(end);
      heard.add("up " + ((Greeting.Guest) peer).host());
    }

    @Override
    public void received(LinkEnd end, Frame frame) {
      if (frame instanceof Frame.Ping(long number, boolean _)) {
        frames.add((int) number);
      } else {
        others.add(frame);
      }
      lastFrameAt = timeline.now();
    }

    @Override
    public void closed(LinkEnd end, String reason) {
      heard.add("down " + reason);
    }
  }
}
