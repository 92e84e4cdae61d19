package io.pychain.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Address;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What time does to those who are accused, silent or lost.
class AbsenceTest {
  private static final int SIZE = 64;
  private static final Guid SELF = Guid.of(0);
  private static final FailureConfig CONFIG = FailureConfig.DEFAULT;

  private final Members members = new Members();
  private final Deaths deaths = new Deaths(SELF, members, CONFIG, _ -> {});
  private final Verdicts verdicts = deaths.verdicts();
  private final Refutation refutation = new Refutation(SELF, verdicts, CONFIG, new Random(1));
  private final Expiry expiry = new Expiry(SELF, members, CONFIG.guidTimeout());
  private Instant now = Cast.NOON;

  @BeforeEach
  void meetEverybody() {
    for (int guid = 0; guid < SIZE; guid++) {
      take(Cast.record(guid, now.getEpochSecond()));
    }
    assertThat(refutation.isDue(now)).isFalse();
  }

  private void take(MemberRecord record) {
    members.offer(record);
    deaths.renewed(record.guid());
  }

  private void accuse(Guid victim, int accusers) {
    Suspicion suspicion = Suspicion.of(members.of(victim).orElseThrow());
    members
        .ring()
        .successors(victim, accusers)
        .forEach(accuser -> verdicts.accuse(new Accusation(accuser, suspicion)));
  }

  private State state(Guid guid) {
    return deaths.state(members.of(guid).orElseThrow());
  }

  @Test
  void condemnedIsDeadOnlyAfterTheTimeToAnswer() {
    Guid victim = Guid.of(7);
    accuse(victim, 1);
    assertThat(state(victim)).isEqualTo(State.SUSPECT);

    accuse(victim, 12);
    deaths.onTime(now);
    now = deaths.deadline().minusMillis(1);
    deaths.onTime(now);
    assertThat(state(victim)).isEqualTo(State.SUSPECT);
    assertThat(members.ring().contains(victim)).isTrue();

    now = deaths.deadline();
    assertThat(deaths.onTime(now)).as("the ring changes").isTrue();
    assertThat(state(victim)).isEqualTo(State.DEAD);
    assertThat(members.ring().contains(victim)).isFalse();
  }

  @Test
  void answerInTimeSavesAndALaterOneRaises() {
    Guid victim = Guid.of(7);
    accuse(victim, 12);
    deaths.onTime(now);
    take(Cast.record(7, now.getEpochSecond() + 1));
    now = now.plusSeconds(10);
    deaths.onTime(now);
    assertThat(state(victim)).isEqualTo(State.ALIVE);

    accuse(victim, 12);
    deaths.onTime(now);
    now = now.plusSeconds(10);
    deaths.onTime(now);
    assertThat(state(victim)).isEqualTo(State.DEAD);

    take(Cast.record(7, now.getEpochSecond()));
    deaths.onTime(now);
    assertThat(state(victim)).isEqualTo(State.ALIVE);
    assertThat(members.ring().contains(victim)).isTrue();
  }

  @Test
  void nodeDoesNotBuryItself() {
    accuse(SELF, 12);
    deaths.onTime(now);
    now = now.plusSeconds(10);
    deaths.onTime(now);

    assertThat(members.isDead(SELF)).isFalse();
  }

  @Test
  void whoWasDeadIsDeadAfterARestart() {
    Guid victim = Guid.of(7);
    accuse(victim, 12);
    List<Accusation> stored = new ArrayList<>();
    Suspicion suspicion = Suspicion.of(members.of(victim).orElseThrow());
    members
        .ring()
        .successors(victim, 12)
        .forEach(accuser -> stored.add(new Accusation(accuser, suspicion)));

    Members again = new Members();
    members.all().forEach(again::offer);
    new Deaths(SELF, again, CONFIG, _ -> {}).restore(again.all(), stored);

    assertThat(again.isDead(victim)).isTrue();
  }

  @Test
  void loneAccuserIsNotAnswered() {
    accuse(SELF, 5);
    now = now.plusSeconds(60);

    assertThat(refutation.isDue(now)).isFalse();
  }

  private void renew() {
    take(Cast.record(0, members.of(SELF).orElseThrow().number() + 1));
  }

  @Test
  void halfAQuorumIsAnsweredButNotAllDay() {
    accuse(SELF, 6);
    assertThat(refutation.isDue(now)).isTrue();
    renew();

    accuse(SELF, 6);
    now = now.plusSeconds(10);
    assertThat(refutation.isDue(now)).isFalse();
    now = now.plus(Refutation.CALM);
    assertThat(refutation.isDue(now)).isTrue();
  }

  @Test
  void quorumIsAnsweredEverySecondIfMustBe() {
    for (int i = 0; i < 5; i++) {
      accuse(SELF, 12);
      assertThat(refutation.deadline()).isBeforeOrEqualTo(now);
      assertThat(refutation.isDue(now)).isTrue();
      renew();
      accuse(SELF, 12);
      assertThat(refutation.isDue(now)).as("at most one a second").isFalse();
      now = now.plus(Refutation.URGENT);
    }
  }

  @Test
  void recordIsSignedAnewLongBeforeItExpires() {
    now = refutation.deadline();

    assertThat(refutation.isDue(now)).isTrue();
    assertThat(Duration.between(Cast.NOON, now)).isLessThanOrEqualTo(Duration.ofHours(8));
  }

  @Test
  void whoIsSilentForTooLongIsForgottenUntilANewerRecordComes() {
    expiry.due(now);
    now = now.plus(CONFIG.guidTimeout()).plusSeconds(1);
    take(Cast.record(5, now.getEpochSecond()));

    List<Guid> forgotten = expiry.due(now);

    assertThat(forgotten).hasSize(SIZE - 2).doesNotContain(SELF, Guid.of(5));
    assertThat(members.takesPart(Guid.of(7))).isFalse();
    assertThat(members.of(Guid.of(7))).as("what it signed can be verified").isPresent();
    take(Cast.record(7, now.getEpochSecond()));
    assertThat(members.takesPart(Guid.of(7))).isTrue();
  }

  @Test
  void searchDialsOneOfTheLostNowAndThen() {
    Search search = new Search(CONFIG, new Random(1));
    assertThat(search.isDue(now, _ -> true)).isFalse();
    search.lost(now, Guid.of(1));
    search.lost(now, Guid.of(2));
    TreeSet<Guid> dialled = new TreeSet<>();
    int dials = 0;

    Instant end = now.plusSeconds(100);
    while (search.deadline().isBefore(end)) {
      now = search.deadline();
      assertThat(search.isDue(now, _ -> true)).isTrue();
      assertThat(search.bootNode(true)).isEmpty();
      dialled.add(search.member());
      dials++;
    }

    assertThat(dials).isBetween(14, 30);
    assertThat(dialled).hasSize(2);
  }

  @Test
  void searchEndsWhenNobodyIsMissing() {
    Search search = new Search(CONFIG, new Random(1));
    search.lost(now, Guid.of(1));
    now = search.deadline();

    assertThat(search.isDue(now, _ -> false)).isFalse();
    assertThat(search.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void whoHasNoLinkAtAllAsksABootNode() {
    Address boot = new Address("boot", 9000);
    Search search = new Search(CONFIG.with(3, Duration.ofDays(1), List.of(boot)), new Random(1));
    search.lost(now, Guid.of(1));
    now = search.deadline();
    search.isDue(now, _ -> true);

    assertThat(search.bootNode(true)).contains(boot);
  }
}
