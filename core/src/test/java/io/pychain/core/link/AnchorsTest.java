package io.pychain.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whom a node has been linked to for longest is whom it turns to first.
class AnchorsTest {
  private static final Guid SELF = Guid.of(63);
  private static final Fingers FINGERS = new Fingers(Base.of(4), Ring.complete(64));

  private final Links links = new Links(SELF, LinkConfig.DEFAULT);
  private final TreeSet<Guid> gone = new TreeSet<>();
  private final TreeSet<Guid> unasked = new TreeSet<>();
  private Instant now = Cast.NOON;

  @Test
  void linksThatHaveLastedLongestMakeAnchors() {
    Anchors anchors = started();
    link(20);
    pass(Duration.ofMinutes(1));
    for (int guid = 1; guid <= 9; guid++) {
      link(guid);
    }

    pass(Anchors.PROVEN.minusMillis(1));
    assertThat(written(anchors)).isEqualTo(guids(20));
    pass(Anchors.LOOK);

    assertThat(written(anchors)).isEqualTo(guids(20, 1, 2, 3, 4, 5, 6, 7));
  }

  @Test
  void linkThatTheRingDoesNotAskForMakesNoAnchorHoweverLongItLasts() {
    Anchors anchors = started();
    link(1);
    link(2);
    unasked.add(Guid.of(1));

    pass(Duration.ofDays(1));

    assertThat(written(anchors)).isEqualTo(guids(2));
  }

  @Test
  void whatIsWrittenAlreadyIsNotWrittenAgainAndWhatHasChangedOnlyOnceAMinute() {
    Anchors anchors = started();
    link(1);
    pass(Anchors.PROVEN);
    assertThat(written(anchors)).isEqualTo(guids(1));

    pass(Anchors.LOOK);
    assertThat(anchors.onTime(now, unasked::contains)).isEmpty();
    gone.add(Guid.of(1));
    pass(Anchors.LOOK.minusMillis(1));
    assertThat(anchors.onTime(now, unasked::contains)).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(anchors.onTime(now, unasked::contains)).contains(List.of());
  }

  @Test
  void whatDidNotReachTheDiskIsWrittenAgain() {
    Anchors anchors = started();
    link(1);
    pass(Anchors.PROVEN);
    assertThat(anchors.onTime(now, unasked::contains)).contains(guids(1));

    pass(Anchors.LOOK);

    assertThat(anchors.onTime(now, unasked::contains)).contains(guids(1));
  }

  @Test
  void anchorsOutlastARunThatIsTooShortToProveOthersAndGiveWayToThoseThatAreProven() {
    Anchors anchors = started(1, 2, 3);
    for (int guid = 4; guid <= 9; guid++) {
      link(guid);
    }
    pass(Anchors.PROVEN.minusMillis(1));
    assertThat(anchors.onTime(now, unasked::contains)).isEmpty();

    pass(Anchors.LOOK);

    assertThat(written(anchors)).isEqualTo(guids(4, 5, 6, 7, 8, 9, 1, 2));
  }

  @Test
  void whoHasLeftOrIsDeadOrBannedIsNoAnchorAnyMore() {
    Anchors anchors = started(1, 2);
    gone.add(Guid.of(1));

    assertThat(anchors.untried()).isEqualTo(guids(2));
    pass(Anchors.LOOK);
    assertThat(written(anchors)).isEqualTo(guids(2));
  }

  @Test
  void visitsWaitUntilEachAnchorHasAnsweredOrFailed() {
    Anchors anchors = started(1, 2);

    assertThat(anchors.refusal(now, Guid.of(9))).isPresent();
    anchors.tried(Guid.of(2));
    assertThat(anchors.refusal(now, Guid.of(9))).isPresent();
    assertThat(anchors.refusal(now, Guid.of(1))).as("an anchor itself").isEmpty();
    anchors.tried(Guid.of(1));

    assertThat(anchors.refusal(now, Guid.of(9))).isEmpty();
  }

  @Test
  void visitsWaitAMomentAtMostForAnchorsThatSayNothing() {
    Anchors anchors = started(1);

    pass(Anchors.PATIENCE.minusMillis(1));
    assertThat(anchors.refusal(now, Guid.of(9))).isPresent();
    pass(Duration.ofMillis(1));

    assertThat(anchors.refusal(now, Guid.of(9))).isEmpty();
    assertThat(anchors.untried()).as("still to be dialled").isEqualTo(guids(1));
  }

  @Test
  void nodeWithoutAnchorsTakesVisitsAtOnce() {
    assertThat(started().refusal(now, Guid.of(9))).isEmpty();
  }

  @Test
  void anchorsThatAreAllGoneHoldUpNobody() {
    gone.add(Guid.of(1));

    assertThat(started(1).refusal(now, Guid.of(9))).isEmpty();
  }

  @Test
  void anchorsAreDialledBeforeAllOthersAndOnce() {
    Guid last = dials(started()).getLast();
    Anchors anchors = started(last.value());
    Dials dials = dialsWith(anchors);

    assertThat(dials.due(now)).startsWith(last).hasSizeGreaterThan(8).doesNotHaveDuplicates();

    anchors.tried(last);
    dials.failed(now, last);
    pass(Dials.SETTLE);
    assertThat(dials.due(now)).doesNotContain(last);
  }

  @Test
  void anchorThatAloneWantsTheLinkMayDialFirst() {
    Guid other = whoAloneWantsALink();
    Dials dials = dialsWith(started(other.value()));

    assertThat(dials.due(now)).doesNotContain(other);
    pass(Dials.HEAD_START);

    assertThat(dials.due(now)).containsExactly(other);
  }

  private static Guid whoAloneWantsALink() {
    return IntStream.range(0, SELF.value())
        .mapToObj(Guid::of)
        .filter(other -> FINGERS.wants(other, SELF, 2, _ -> true))
        .filter(other -> !FINGERS.wants(SELF, other, 2, _ -> true))
        .findFirst()
        .orElseThrow();
  }

  private List<Guid> dials(Anchors anchors) {
    return dialsWith(anchors).due(now);
  }

  private Dials dialsWith(Anchors anchors) {
    var sight =
        new Dials.Sight(
            FINGERS, links, new Faults(links), anchors, _ -> false, () -> List.of(SELF));
    return new Dials(SELF, sight, LinkConfig.DEFAULT, new Random(1));
  }

  private Anchors started(int... stored) {
    Anchors anchors = new Anchors(guids(stored), links, guid -> !gone.contains(guid));
    anchors.begin(now);
    return anchors;
  }

  private void link(int guid) {
    links.raise(now, new LinkId(guid), Guid.of(guid), guid % 2 == 0);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  /// Who is written down now, and durable at once.
  private List<Guid> written(Anchors anchors) {
    Optional<List<Guid>> fresh = anchors.onTime(now, unasked::contains);
    fresh.ifPresent(anchors::stored);
    return fresh.orElse(List.of());
  }

  private static List<Guid> guids(int... guids) {
    return IntStream.of(guids).mapToObj(Guid::of).toList();
  }
}
