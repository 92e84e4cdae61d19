package io.pychain.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  @Test
  void quorumOfNeighboursCondemns() {
    Court court = Court.of(64, 12);
    court.accuse(court.next(7, 11), Guid.of(7));
    assertThat(court.condemned()).isEmpty();

    court.accuse(court.previous(7, 1), Guid.of(7));

    assertThat(court.condemned()).containsExactly(Guid.of(7));
    assertThat(court.verdicts.changes()).containsExactly(Guid.of(7));
    assertThat(court.verdicts.changes()).isEmpty();
  }

  @Test
  void whoIsFarAwayHasNoSay() {
    Court court = Court.of(64, 12);
    court.accuse(court.next(7, 32).subList(12, 32), Guid.of(7));

    assertThat(court.condemned()).isEmpty();
    assertThat(court.verdicts.entitledAccusers(Guid.of(7))).isZero();
    assertThat(court.verdicts.accusers(Guid.of(7))).isEqualTo(20);
  }

  @Test
  void accuserCountsOnceAndNeverAgainstItself() {
    Court court = Court.of(64, 2);
    for (int i = 0; i < 5; i++) {
      court.accuse(court.next(7, 1), Guid.of(7));
      court.accuse(7, 7);
    }

    assertThat(court.verdicts.accusers(Guid.of(7))).isEqualTo(1);
    assertThat(court.condemned()).isEmpty();
  }

  @Test
  void inASmallNetworkTheMajorityDecidesTheAccusedIncluded() {
    Court court = Court.of(5, 12);
    court.accuse(0, 3);
    court.accuse(1, 3);
    assertThat(court.condemned()).isEmpty();

    court.accuse(2, 3);

    assertThat(court.condemned()).containsExactly(Guid.of(3));
  }

  @Test
  void oneOfTwoCannotCondemnTheOther() {
    Court court = Court.of(2, 12);

    court.accuse(0, 1);

    assertThat(court.condemned()).isEmpty();
  }

  @Test
  void halfOfTheNetworkCondemnsNobody() {
    for (int size = 2; size <= 7; size++) {
      for (int liars = 0; liars < 1 << size; liars++) {
        if (Integer.bitCount(liars) <= size / 2) {
          Court court = Court.of(size, 12);
          accuseAll(court, size, liars);
          assertThat(court.condemned()).as("%d nodes, liars %x", size, liars).isEmpty();
        }
      }
    }
  }

  private static void accuseAll(Court court, int size, int liars) {
    for (int liar = 0; liar < size; liar++) {
      for (int victim = 0; (liars >> liar & 1) == 1 && victim < size; victim++) {
        court.accuse(liar, victim);
      }
    }
  }

  @Test
  void tenPercentOfLiarsCondemnNobodyInALargeNetwork() {
    for (int seed = 0; seed < 20; seed++) {
      Court court = Court.of(200, 12);
      List<Guid> everybody = new ArrayList<>(court.members.ring().members());
      List<Guid> shuffled = new ArrayList<>(everybody);
      Collections.shuffle(shuffled, new Random(seed));
      List<Guid> liars = shuffled.subList(0, 20);

      everybody.forEach(victim -> court.accuse(liars, victim));

      assertThat(court.condemned()).as("seed %d", seed).isEmpty();
    }
  }

  /// By the greatest fixpoint, each of those between three liars is dead because all the others
  /// are.
  @Test
  void fewLiarsFarApartDoNotBuryAllBetweenThem() {
    Court court = Court.of(64, 3);
    List<Guid> ring = court.members.ring().members();
    List<Guid> liars = List.of(ring.get(0), ring.get(10), ring.get(20));

    ring.subList(1, 20).forEach(victim -> court.accuse(liars, victim));

    assertThat(court.condemned()).isEmpty();
  }

  @Test
  void newerRecordRefutes() {
    Court court = Court.of(64, 12);
    court.accuse(court.next(7, 12), Guid.of(7));
    court.verdicts.changes();

    court.record(Court.recordOf(7, 2));

    assertThat(court.condemned()).isEmpty();
    assertThat(court.verdicts.changes()).containsExactly(Guid.of(7));
    court.accuse(court.previous(7, 12), Guid.of(7));
    assertThat(court.condemned()).as("accused of a record that is refuted").isEmpty();
  }

  @Test
  void accusationMayComeBeforeTheRecordThatItIsAbout() {
    Court court = Court.of(64, 12);
    court.next(7, 12).forEach(accuser -> court.accuse(accuser.value(), 7, 2));
    court.next(7, 12).forEach(accuser -> court.accuse(accuser.value(), 70, 1));
    assertThat(court.condemned()).isEmpty();

    court.record(Court.recordOf(7, 2));

    assertThat(court.condemned()).containsExactly(Guid.of(7));
  }

  @Test
  void deadStretchIsSweptFromItsEdge() {
    Court court = Court.of(256, 12);
    List<Guid> dead = court.next(0, 60);
    List<Guid> edge = court.previous(dead.getFirst().value(), 12);

    dead.reversed().forEach(victim -> court.accuse(edge, victim));

    assertThat(court.condemned()).containsExactlyInAnyOrderElementsOf(dead);
  }

  @Test
  void halfOfARingIsCondemnedByTheOtherHalf() {
    Court court = Court.of(128, 12);
    List<Guid> everybody = new ArrayList<>(court.members.ring().members());
    Collections.shuffle(everybody, new Random(1));
    List<Guid> living = everybody.subList(0, 64);
    List<Guid> dead = everybody.subList(64, 128);

    dead.forEach(victim -> court.accuse(nearest(victim, living), victim));

    assertThat(court.condemned()).containsExactlyInAnyOrderElementsOf(dead);
  }

  private static List<Guid> nearest(Guid victim, List<Guid> living) {
    Ring ring = Ring.of(living);
    List<Guid> nearest = new ArrayList<>(ring.successors(victim, 12));
    nearest.addAll(ring.predecessors(victim, 12));
    return nearest;
  }

  @Test
  void joinsBetweenDoNotRaiseTheDead() {
    Court court = Court.of(64, 12);
    court.accuse(court.next(7, 12), Guid.of(7));

    IntStream.range(64, 512).forEach(guid -> court.record(Court.recordOf(guid, 1)));

    assertThat(court.condemned()).containsExactly(Guid.of(7));
  }

  @Test
  void voteOutlivesItsVoter() {
    Court court = Court.of(64, 12);
    List<Guid> accusers = court.next(7, 12);
    court.accuse(accusers.subList(0, 6), Guid.of(7));
    accusers.subList(0, 6).forEach(accuser -> court.leave(accuser.value()));
    assertThat(court.condemned()).isEmpty();

    court.accuse(accusers.subList(6, 12), Guid.of(7));

    assertThat(court.condemned()).containsExactly(Guid.of(7));
  }

  @Test
  void verdictFallsWithTheOneThatItRestedOn() {
    Court court = Court.of(64, 2);
    Guid near = court.next(0, 2).getLast();
    Guid far = court.next(0, 3).getLast();
    List<Guid> edge = List.of(Guid.of(0), court.next(0, 1).getFirst());
    court.accuse(edge, far);
    assertThat(court.condemned()).isEmpty();
    court.accuse(edge, near);
    assertThat(court.condemned()).containsExactlyInAnyOrder(near, far);
    court.verdicts.changes();

    court.record(Court.recordOf(near.value(), 2));
    court.verdicts.settle();

    assertThat(court.condemned()).isEmpty();
    assertThat(court.verdicts.changes()).containsExactlyInAnyOrder(near, far);
  }

  @Test
  void accusersKeptAreBounded() {
    Court court = Court.of(512, 12);
    List<Guid> everybody = new ArrayList<>(court.members.ring().members());
    Collections.shuffle(everybody, new Random(1));

    court.accuse(everybody, Guid.of(7));

    assertThat(court.verdicts.accusers(Guid.of(7))).isEqualTo(2 * Accusation.SIDE_MAX);
    assertThat(court.verdicts.entitledAccusers(Guid.of(7))).isEqualTo(24);
  }

  @Test
  void accusationsOfNobodyInSightAreNotKept() {
    Court court = Court.of(8, 12);

    boolean kept =
        court.verdicts.accuse(
            new Accusation(Guid.of(1), new Suspicion(Guid.of(8 + Accusation.AHEAD_MAX), 1, 1)));

    assertThat(kept).isFalse();
  }
}
