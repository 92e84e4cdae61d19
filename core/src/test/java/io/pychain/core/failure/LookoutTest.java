package io.pychain.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.failure.Turn.Kind;
import io.pychain.core.link.Evidence;
import io.pychain.core.link.LinkConfig;
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
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What one node comes to when others are absent, seen from outside of the room.
class LookoutTest {
  private static final int SIZE = 64;
  private static final Guid SELF = Guid.of(0);
  private static final Duration STEP = Duration.ofMillis(50);

  private final Members members = new Members();
  private final Links links = new Links(SELF, LinkConfig.DEFAULT);
  private final Lookout lookout =
      new Lookout(
          SELF,
          new Lookout.Sight(members, links, new Recorder()),
          FailureConfig.DEFAULT,
          new Random(1));
  private final TreeSet<Guid> dead = new TreeSet<>();
  private final List<Suspicion> accusations = new ArrayList<>();
  private final List<List<Turn>> news = new ArrayList<>();
  private Instant now = Cast.NOON;

  @BeforeEach
  void meetEverybody() {
    for (int guid = 0; guid < SIZE; guid++) {
      take(Cast.record(guid, now.getEpochSecond()));
    }
    pass(Duration.ofSeconds(3));
    news.clear();
  }

  @Test
  void everybodyThereIsNoNews() {
    take(Cast.record(5, now.getEpochSecond() + 1));

    pass(Duration.ofSeconds(5));

    assertThat(news).isEmpty();
  }

  @Test
  void manyDeathsAreOnePieceOfNewsAndSoIsTheirReturn() {
    List<Guid> victims = members.ring().successors(SELF, 8);
    die(victims);

    pass(Duration.ofSeconds(10));
    assertThat(accusations)
        .extracting(Suspicion::guid)
        .containsExactlyInAnyOrderElementsOf(victims);
    assertThat(news).containsExactly(turns(Kind.SUSPECTED, victims));

    dead.clear();
    victims.forEach(guid -> take(Cast.record(guid.value(), now.getEpochSecond())));
    pass(Duration.ofSeconds(5));
    assertThat(news).hasSize(2).last().isEqualTo(turns(Kind.BACK, victims));
  }

  @Test
  void whoIsBackWithinAMomentIsNoNews() {
    Guid victim = members.ring().successors(SELF, 1).getFirst();
    die(List.of(victim));
    pass(Duration.ofMillis(500));
    assertThat(lookout.state(members.of(victim).orElseThrow())).isEqualTo(State.SUSPECT);

    dead.clear();
    lookout.linked(victim);
    pass(Duration.ofSeconds(5));

    assertThat(news).isEmpty();
  }

  @Test
  void whoIsForgottenIsNamedOnce() {
    now = now.plus(FailureConfig.DEFAULT.guidTimeout()).plusSeconds(60);
    take(Cast.record(5, now.getEpochSecond()));

    pass(Duration.ofSeconds(5));

    assertThat(news).hasSize(1);
    assertThat(news.getFirst())
        .hasSize(SIZE - 2)
        .allMatch(turn -> turn.kind() == Kind.FORGOTTEN)
        .noneMatch(turn -> turn.guid().equals(SELF) || turn.guid().equals(Guid.of(5)));
  }

  private void take(MemberRecord record) {
    members.offer(record);
    lookout.renewed(record.guid());
  }

  private void die(List<Guid> victims) {
    dead.addAll(victims);
    victims.forEach(guid -> lookout.broken(now, guid));
  }

  /// Lets time pass; dials of the dead are refused at once.
  private void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plus(STEP);
      Findings findings = lookout.onTime(now, false, true);
      accusations.addAll(findings.accuse());
      findings.dial().stream()
          .filter(dead::contains)
          .forEach(guid -> lookout.dialFailed(now, guid, Evidence.REFUSED));
      if (!findings.turns().isEmpty()) {
        news.add(findings.turns());
      }
    }
  }

  private static List<Turn> turns(Kind kind, List<Guid> guids) {
    return guids.stream().sorted().map(guid -> new Turn(guid, kind)).toList();
  }
}
