package io.pychain.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.Evidence;
import io.pychain.core.link.LinkConfig;
import io.pychain.core.link.LinkId;
import io.pychain.core.link.Links;
import io.pychain.core.link.Recorder;
import io.pychain.core.membership.Members;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final int SIZE = 64;
  private static final Guid SELF = Guid.of(0);
  private static final Duration STEP = Duration.ofMillis(50);

  private final Members members = new Members();
  private final Deaths deaths = new Deaths(SELF, members, FailureConfig.DEFAULT, _ -> {});
  private final Links links = new Links(SELF, LinkConfig.DEFAULT);
  private final Recorder out = new Recorder();
  private final Watch watch =
      new Watch(
          SELF,
          new Watch.Sight(members, deaths.verdicts(), links, out),
          FailureConfig.DEFAULT,
          new Random(1));
  private final List<Guid> dialled = new ArrayList<>();
  private final List<Guid> accused = new ArrayList<>();
  private Instant now = Cast.NOON;

  @BeforeEach
  void meetEverybody() {
    for (int guid = 0; guid < SIZE; guid++) {
      MemberRecord record = Cast.record(guid, 1);
      members.offer(record);
      deaths.renewed(record.guid());
    }
  }

  private Guid near(int rank) {
    return members.ring().successors(SELF, rank).getLast();
  }

  private Guid far() {
    return members.ring().successors(SELF, SIZE / 2).getLast();
  }

  /// Lets time pass; every dial fails at once with this evidence.
  private void pass(Duration time, Evidence evidence) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plus(STEP);
      Watch.Due due = watch.due(now, true);
      dialled.addAll(due.dial());
      accused.addAll(due.accuse());
      due.dial().forEach(guid -> watch.dialFailed(now, guid, evidence));
    }
  }

  private void accuse(Guid accuser, Guid victim) {
    Suspicion suspicion = Suspicion.of(members.of(victim).orElseThrow());
    deaths.verdicts().accuse(new Accusation(accuser, suspicion));
    watch.accused(now, victim);
  }

  @Test
  void whoRefusesIsAccusedAfterThreeQuickAttempts() {
    watch.broken(now, near(1));

    pass(Duration.ofSeconds(1), Evidence.REFUSED);

    assertThat(dialled).containsExactly(near(1), near(1), near(1));
    assertThat(accused).containsExactly(near(1));
    assertThat(watch.suspects(near(1))).isTrue();
  }

  @Test
  void whoIsUnreachableIsAccusedOnlyAfterItsPatience() {
    watch.broken(now, near(1));

    pass(Duration.ofSeconds(2), Evidence.UNREACHABLE);
    assertThat(accused).isEmpty();
    pass(Duration.ofSeconds(2), Evidence.UNREACHABLE);

    assertThat(accused).containsExactly(near(1));
  }

  @Test
  void whoMayBePausedIsNotAccusedForHalfAMinute() {
    watch.broken(now, near(1));

    pass(Duration.ofSeconds(35), Evidence.MUTE);
    assertThat(accused).isEmpty();
    pass(Duration.ofSeconds(30), Evidence.MUTE);

    assertThat(accused).containsExactly(near(1));
  }

  @Test
  void signOfLifeClosesTheCase() {
    watch.broken(now, near(1));
    pass(Duration.ofMillis(300), Evidence.REFUSED);

    watch.alive(near(1));
    pass(Duration.ofSeconds(5), Evidence.REFUSED);

    assertThat(accused).isEmpty();
  }

  @Test
  void whoIsFarAwayIsNoneOfItsBusiness() {
    watch.broken(now, far());
    accuse(near(1), far());

    pass(Duration.ofSeconds(5), Evidence.REFUSED);

    assertThat(dialled).isEmpty();
    assertThat(watch.isWatched(far())).isFalse();
  }

  @Test
  void unansweredPingIsFollowedByADialBesideTheLink() {
    links.raise(now, new LinkId(1), near(1), true);
    now = now.plusSeconds(3);
    watch.look(now);
    pass(Duration.ofMillis(500), Evidence.UNREACHABLE);
    assertThat(dialled).isEmpty();

    now = now.plusSeconds(1);
    watch.look(now);
    pass(Duration.ofMillis(500), Evidence.UNREACHABLE);

    assertThat(dialled).isNotEmpty().containsOnly(near(1));
  }

  /// A look at everybody linked, each second and a half, so that every ping is overdue at the next.
  private void lookTwice() {
    for (int i = 0; i < 2; i++) {
      now = now.plusMillis(1_500);
      watch.look(now);
    }
  }

  @Test
  void manyWhoAreSilentAtATimeAreDialledOneAfterTheOther() {
    List<Guid> silent = members.ring().successors(SELF, 10);
    silent.forEach(guid -> links.raise(now, new LinkId(guid.value()), guid, true));

    lookTwice();
    pass(STEP, Evidence.UNREACHABLE);

    assertThat(dialled).hasSize(1);
    pass(Watch.HURRY.multipliedBy(10), Evidence.UNREACHABLE);
    assertThat(dialled).containsAll(silent);
  }

  @Test
  void afterAFalseAlarmAnswersMayComeLater() {
    links.raise(now, new LinkId(1), near(1), true);
    lookTwice();
    pass(STEP, Evidence.OTHER);
    assertThat(dialled).hasSize(1);
    links.heard(now, new LinkId(1));
    pass(Duration.ofSeconds(1), Evidence.OTHER);
    dialled.clear();

    now = now.plusMillis(1_000);
    watch.look(now);
    now = now.plusMillis(600);
    watch.look(now);
    pass(STEP, Evidence.OTHER);
    assertThat(dialled).as("an answer may take twice as long now").isEmpty();

    now = now.plusMillis(400);
    watch.look(now);
    pass(STEP, Evidence.OTHER);
    assertThat(dialled).containsExactly(near(1));
  }

  @Test
  void hearsayIsCheckedOnceForEachDoublingOfTheAccusers() {
    Guid victim = near(3);
    accuse(near(1), victim);
    pass(Duration.ofMillis(100), Evidence.OTHER);
    watch.alive(victim);
    assertThat(dialled).containsExactly(victim);

    watch.accused(now, victim);
    pass(Duration.ofMillis(100), Evidence.OTHER);
    assertThat(dialled).as("nobody more has accused it").hasSize(1);

    accuse(near(2), victim);
    pass(Duration.ofMillis(100), Evidence.OTHER);
    assertThat(dialled).hasSize(2);
  }

  @Test
  void whoIsLinkedIsNotBelievedDeadByHearsay() {
    links.raise(now, new LinkId(1), near(3), true);

    accuse(near(1), near(3));
    pass(Duration.ofMillis(500), Evidence.REFUSED);

    assertThat(dialled).isEmpty();
    assertThat(out.sent()).hasSize(1);
  }

  @Test
  void accusationThatIsNotNeededAnyMoreIsKeptBack() {
    Guid victim = near(1);
    members.ring().predecessors(victim, 11).forEach(accuser -> accuse(accuser, victim));
    pass(Duration.ofMillis(100), Evidence.REFUSED);
    assertThat(watch.suspects(victim)).as("half a quorum and one attempt of its own").isTrue();
    assertThat(accused).as("hesitates, since others have accused").isEmpty();

    members.ring().successors(victim, 4).forEach(accuser -> accuse(accuser, victim));
    pass(Duration.ofSeconds(5), Evidence.REFUSED);

    assertThat(deaths.verdicts().isCondemned(victim)).isTrue();
    assertThat(accused).isEmpty();
  }

  @Test
  void whatHalfAQuorumHasWaitedForNeedsNoSecondWait() {
    Guid victim = near(1);
    members.ring().predecessors(victim, 5).forEach(accuser -> accuse(accuser, victim));
    pass(Duration.ofSeconds(1), Evidence.UNREACHABLE);
    assertThat(accused).as("five are less than half a quorum").isEmpty();

    accuse(members.ring().successors(victim, 1).getFirst(), victim);
    pass(Duration.ofSeconds(1), Evidence.UNREACHABLE);

    assertThat(accused).containsExactly(victim);
  }

  @Test
  void whoMayBePausedIsGivenTimeByHalfAQuorumToo() {
    Guid victim = near(1);
    members.ring().predecessors(victim, 11).forEach(accuser -> accuse(accuser, victim));

    pass(Duration.ofSeconds(35), Evidence.MUTE);

    assertThat(accused).isEmpty();
  }

  @Test
  void watchReachesBeyondTheDead() {
    Guid beyond = near(13);
    assertThat(watch.isWatched(beyond)).isFalse();

    watch.broken(now, near(1));
    pass(Duration.ofSeconds(1), Evidence.REFUSED);

    assertThat(watch.isWatched(beyond)).isTrue();
  }

  @Test
  void deadStretchIsAccusedFromItsEdgeToItsEnd() {
    List<Guid> stretch = members.ring().successors(SELF, 30);
    stretch.subList(0, 2).forEach(guid -> watch.broken(now, guid));

    passWhere(stretch);

    assertThat(accused).containsAll(stretch);
  }

  private void passWhere(List<Guid> dead) {
    for (int i = 0; i < 400; i++) {
      now = now.plus(STEP);
      Watch.Due due = watch.due(now, true);
      accused.addAll(due.accuse());
      for (Guid guid : due.dial()) {
        if (dead.contains(guid)) {
          watch.dialFailed(now, guid, Evidence.REFUSED);
        } else {
          links.raise(now, new LinkId(guid.value()), guid, true);
          watch.alive(guid);
        }
      }
    }
  }

  @Test
  void whoHearsNobodyWaitsLongerThanWhoMissesOne() {
    List<Guid> silent = members.ring().successors(SELF, 12);
    silent.forEach(guid -> watch.broken(now, guid));

    pass(Duration.ofSeconds(15), Evidence.UNREACHABLE);
    assertThat(accused).isEmpty();
    pass(Duration.ofSeconds(15), Evidence.UNREACHABLE);

    assertThat(accused).containsAll(silent);
  }

  @Test
  void whoStoodStillBlamesNobodyForTheSilence() {
    watch.broken(now, near(1));
    pass(Duration.ofSeconds(2), Evidence.UNREACHABLE);
    now = now.plusSeconds(30);

    watch.stoodStill(now);
    pass(Duration.ofSeconds(2), Evidence.UNREACHABLE);

    assertThat(accused).isEmpty();
  }

  @Test
  void whoIsNotIntroducedAccusesNobodyYet() {
    watch.broken(now, near(1));
    for (int i = 0; i < 40; i++) {
      now = now.plus(STEP);
      Watch.Due due = watch.due(now, false);
      due.dial().forEach(guid -> watch.dialFailed(now, guid, Evidence.REFUSED));
      assertThat(due.accuse()).isEmpty();
    }

    pass(Watch.PACE.plus(STEP), Evidence.REFUSED);

    assertThat(accused).containsExactly(near(1));
  }
}
