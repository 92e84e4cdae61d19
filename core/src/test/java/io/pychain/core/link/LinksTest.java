package io.pychain.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LinksTest {
  private static final Guid LOW = Guid.of(3);
  private static final Guid HIGH = Guid.of(8);
  private static final Duration PING = LinkConfig.DEFAULT.pingInterval();
  private static final Duration SILENCE = LinkConfig.DEFAULT.silence();

  private static final Frame.Carrier PUSH =
      new Frame.Push(Cast.chain(Cast.log(1), 1, 1).getFirst(), LOW.position(), 1);
  private static final Frame.Carrier LARGE =
      new Frame.Push(Cast.chain(Cast.log(1), 1, 2_000).getFirst(), LOW.position(), 1);
  private static final Frame.Carrier ANNOUNCE =
      new Frame.Announce(Cast.record(1, 1), LOW.position(), 1);

  private final Links links = new Links(LOW, LinkConfig.DEFAULT);
  private final Recorder out = new Recorder();
  private final TreeSet<Guid> unneeded = new TreeSet<>();
  private Instant now = Cast.NOON;

  @Test
  void simultaneousDialsEndInTheSameLinkOnBothEndsWhateverTheOrder() {
    for (boolean lowHearsItsOwnFirst : new boolean[] {true, false}) {
      for (boolean highHearsItsOwnFirst : new boolean[] {true, false}) {
        Links low = new Links(LOW, LinkConfig.DEFAULT);
        Links high = new Links(HIGH, LinkConfig.DEFAULT);

        List<LinkId> closed = new ArrayList<>(raiseBoth(low, HIGH, lowHearsItsOwnFirst));
        closed.addAll(raiseBoth(high, LOW, highHearsItsOwnFirst));

        assertThat(low.idOf(HIGH)).as("dialled by the higher").contains(BY_HIGH);
        assertThat(high.idOf(LOW)).contains(BY_HIGH);
        assertThat(closed).containsExactly(BY_LOW, BY_LOW);
        assertThat(low.lower(BY_LOW)).as("its end is no news").isEmpty();
        assertThat(low.isUp(HIGH)).isTrue();
      }
    }
  }

  private static final LinkId BY_LOW = new LinkId(1);
  private static final LinkId BY_HIGH = new LinkId(2);

  private static List<LinkId> raiseBoth(Links links, Guid peer, boolean ownFirst) {
    boolean lowEnd = peer.equals(HIGH);
    LinkId own = lowEnd ? BY_LOW : BY_HIGH;
    LinkId other = lowEnd ? BY_HIGH : BY_LOW;
    List<LinkId> closed = new ArrayList<>();
    for (boolean dialled : new boolean[] {ownFirst, !ownFirst}) {
      links.raise(Cast.NOON, dialled ? own : other, peer, dialled).closed().ifPresent(closed::add);
    }
    return closed;
  }

  @Test
  void everyOrderOfLinksComingAndGoingAtBothEndsLeavesBothAgreed() {
    for (int order = 0; order < 4; order++) {
      Links low = new Links(LOW, LinkConfig.DEFAULT);
      Links high = new Links(HIGH, LinkConfig.DEFAULT);
      boolean lowSeesBoth = (order & 1) == 0;
      if (lowSeesBoth) {
        raiseBoth(low, HIGH, true);
      } else {
        low.raise(now, BY_HIGH, HIGH, false);
      }
      raiseBoth(high, LOW, (order & 2) == 0);

      low.lower(BY_LOW);
      high.lower(BY_LOW);

      assertThat(low.idOf(HIGH)).isEqualTo(high.idOf(LOW)).contains(BY_HIGH);
    }
  }

  @Test
  void laterOfTwoLinksThatTheSameMemberDialledCounts() {
    up(1, HIGH, false);

    Links.Raised again = links.raise(now, new LinkId(2), HIGH, false);

    assertThat(again).isEqualTo(new Links.Raised(true, Optional.of(new LinkId(1))));
    assertThat(links.guidOf(new LinkId(1))).isEmpty();
    assertThat(links.size()).isEqualTo(1);
  }

  @Test
  void quietLinkIsTriedAndItsRoundTripMeasured() {
    up(1, HIGH, true);
    pass(PING);
    assertThat(sent()).containsExactly(new Recorder.Sent(new LinkId(1), new Frame.Ping(1)));

    now = now.plusMillis(30);
    links.heard(now, new LinkId(1));
    links.pong(now, new LinkId(1));

    assertThat(links.all().getFirst().roundTrip()).contains(Duration.ofMillis(30));
  }

  @Test
  void linkWhosePongWasLostIsTriedAgainAfterItWasHeardFrom() {
    up(1, HIGH, true);
    pass(PING);
    out.sent();
    links.heard(now.plusMillis(1), new LinkId(1));

    pass(PING.plusSeconds(1));

    assertThat(sent()).containsExactly(new Recorder.Sent(new LinkId(1), new Frame.Ping(2)));
  }

  @Test
  void silentLinkIsDropped() {
    up(1, HIGH, true);

    pass(SILENCE);

    assertThat(out.dropped())
        .singleElement()
        .satisfies(drop -> assertThat(drop.reason()).isEqualTo(Reason.SILENT));
  }

  @Test
  void linkThatIsHeardFromStays() {
    up(1, HIGH, true);
    for (int i = 0; i < 60; i++) {
      links.heard(now, new LinkId(1));
      pass(Duration.ofSeconds(1));
    }

    assertThat(out.dropped()).isEmpty();
  }

  @Test
  void handoffThatComesAloneIsAcknowledgedAtOnceAndNobodyIsWokenUpForIt() {
    up(1, HIGH, true);

    take(1);

    assertThat(sent()).containsExactly(ack(1));
    assertThat(links.acknowledgeAt()).isEqualTo(Instant.MAX);

    pass(Links.ACK_DELAY);
    take(1);
    assertThat(sent()).as("alone again").containsExactly(ack(2));
  }

  @Test
  void acknowledgementWaitsForWhatMayHaveBeenOvertaken() {
    up(1, HIGH, true);

    links.took(now, new LinkId(1), numbered(2), out);
    assertThat(sent()).isEmpty();
    links.took(now, new LinkId(1), numbered(1), out);

    assertThat(sent()).containsExactly(ack(2));
  }

  @Test
  void handoffsAreAcknowledgedTogetherAndAtOnceWhenTheyAreMany() {
    up(1, HIGH, true);
    take(1);
    assertThat(sent()).hasSize(1);

    take(3);
    assertThat(sent()).isEmpty();

    pass(Links.ACK_DELAY);
    assertThat(sent()).containsExactly(ack(4));

    take(Links.ACK_EVERY);
    assertThat(sent()).containsExactly(ack(4 + Links.ACK_EVERY));

    pass(Links.ACK_DELAY);
    assertThat(sent()).as("nothing new").isEmpty();
  }

  @Test
  void largeHandoffsAreAcknowledgedSoonerThanSmallOnes() {
    up(1, HIGH, true);
    int large = 1 + (int) Links.ACK_BYTES / LARGE.length();
    take(1);
    sent();

    for (int i = 0; i < large; i++) {
      links.took(now, new LinkId(1), LARGE, out);
    }

    assertThat(large).isLessThan(Links.ACK_EVERY);
    assertThat(sent()).containsExactly(ack(1 + large));
  }

  @Test
  void urgentHandoffsAreCountedApartBecauseTheyOvertake() {
    up(1, HIGH, true);
    take(1);
    sent();
    take(1);
    links.took(now, new LinkId(1), ANNOUNCE, out);

    pass(Links.ACK_DELAY);

    assertThat(sent())
        .containsExactly(ack(2), new Recorder.Sent(new LinkId(1), new Frame.Ack(1, 0, true)));
  }

  @Test
  void newLinkCountsHandoffsAnew() {
    up(1, HIGH, false);
    take(5);
    sent();
    up(2, HIGH, false);
    links.took(now, new LinkId(2), PUSH, out);
    links.took(now, new LinkId(1), PUSH, out);

    pass(Links.ACK_DELAY);

    assertThat(sent()).containsExactly(new Recorder.Sent(new LinkId(2), new Frame.Ack(1)));
  }

  @Test
  void linkThatNeitherEndNeedsIsClosedByWhoDialledIt() {
    up(1, HIGH, true);
    up(2, Guid.of(9), false);
    unneeded.addAll(List.of(HIGH, Guid.of(9)));

    List<Recorder.Dropped> drops = live(Links.UNNEEDED.minusSeconds(1));
    assertThat(drops).as("it may be needed again").isEmpty();

    drops = live(Duration.ofSeconds(1));
    assertThat(drops)
        .singleElement()
        .satisfies(drop -> {
          assertThat(drop.link()).isEqualTo(new LinkId(1));
          assertThat(drop.reason()).isEqualTo(Reason.UNNEEDED);
        });
  }

  @Test
  void linkThatIsNeededNowAndThenStays() {
    up(1, HIGH, true);
    for (int i = 0; i < 10; i++) {
      unneeded.add(HIGH);
      assertThat(live(Links.UNNEEDED.minusSeconds(2))).isEmpty();
      unneeded.clear();
      assertThat(live(Duration.ofSeconds(1))).isEmpty();
    }
  }

  @Test
  void withoutLinksThereIsNothingToWakeUpFor() {
    up(1, HIGH, true);
    links.lower(new LinkId(1));
    pass(Links.WATCH);

    assertThat(links.watchAt()).isEqualTo(Instant.MAX);
  }

  private void up(int id, Guid guid, boolean dialled) {
    links.raise(now, new LinkId(id), guid, dialled);
  }

  private void take(int handoffs) {
    for (int i = 0; i < handoffs; i++) {
      links.took(now, new LinkId(1), PUSH, out);
    }
  }

  private static Frame.Push numbered(long number) {
    return new Frame.Push(Cast.chain(Cast.log(1), 1, 1).getFirst(), LOW.position(), 1, number);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    links.onTime(now, unneeded::contains, out);
    assertThat(links.watchAt()).isAfter(now);
    assertThat(links.acknowledgeAt()).isAfter(now);
  }

  /// Lets time pass, second by second, with something heard on every link.
  private List<Recorder.Dropped> live(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      links.all().forEach(link -> links.heard(now, link.id()));
      pass(Duration.ofSeconds(1));
    }
    return out.dropped();
  }

  private List<Recorder.Sent> sent() {
    return out.sent();
  }

  private static Recorder.Sent ack(long taken) {
    return new Recorder.Sent(new LinkId(1), new Frame.Ack(taken));
  }
}
