package io.pychain.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What [Fingers#cover] promises about a whole broadcast.
final class BroadcastTest {

  private static final int SIZE_MAX = 2_000;
  private static final int ORIGINS = 5;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void reachesEachOfUpToTwoThousandMembersOnceInLogarithmicallyManyHops(int parts) {
    SplittableRandom random = new SplittableRandom(parts);
    Base base = Base.of(parts);
    Ring ring = new Ring();
    Fingers fingers = new Fingers(base, ring);
    for (int size = 1; size <= SIZE_MAX; size++) {
      ring.add(Guid.of(size - 1));
      for (int sample = 0; sample < ORIGINS; sample++) {
        Guid origin = Guid.of(random.nextInt(size));

        Counts counts = Counts.of(origin, size, fingers);

        String claim = "b = %d, N = %d, origin %s".formatted(parts, size, origin);
        assertThat(counts.sends()).as(claim).isEqualTo(size - 1);
        assertThat(counts.reached()).as(claim).isEqualTo(size);
        int levels = logarithm(parts, size);
        assertThat(counts.hops()).as(claim).isLessThanOrEqualTo(levels);
        assertThat(counts.busiest()).as(claim).isLessThanOrEqualTo((parts - 1) * levels);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void reachesEachOnceFromEveryOrigin(int parts) {
    for (int size : new int[] {1, 2, 3, 5, 8, 10, 17, 63, 64, 65, 100}) {
      Fingers fingers = new Fingers(Base.of(parts), Ring.complete(size));
      for (int origin = 0; origin < size; origin++) {
        Counts counts = Counts.of(Guid.of(origin), size, fingers);

        assertThat(counts.reached()).isEqualTo(size);
        assertThat(counts.sends()).isEqualTo(size - 1);
        assertThat(counts.hops()).isLessThanOrEqualTo(logarithm(parts, size));
      }
    }
  }

  @Test
  void boundOnTheHopsIsReached() {
    Fingers fingers = new Fingers(Base.of(4), Ring.complete(1024));

    assertThat(Counts.of(Guid.of(0), 1024, fingers).hops()).isEqualTo(5);
  }

  @Test
  void reachesEachOnceWhereMembersHaveLeft() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 400; round++) {
      Ring ring = randomRing(random, 1 + random.nextInt(500));
      Base base = new Base(1 + random.nextInt(4));
      Guid origin = any(ring, random);

      Spread spread = Spread.from(origin, new Fingers(base, ring), (_, _) -> true);

      assertThat(spread.shares()).as("round %d", round).hasSize(ring.size());
      assertThat(spread.sends()).isEqualTo(ring.size() - 1);
      assertThat(spread.duplicates()).isZero();
      assertThat(spread.hops()).isLessThanOrEqualTo(base.levels(ring.resolution()));
    }
  }

  @Test
  void reachesExactlyTheUsableOnesOnceIfAllAgreeWhoTheyAre() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 400; round++) {
      Ring ring = randomRing(random, 1 + random.nextInt(500));
      Base base = new Base(1 + random.nextInt(4));
      Guid origin = any(ring, random);
      Ring usable = ring.copy();
      ring.forEach(member -> removeAtTimes(usable, member, random));
      usable.add(origin);

      Spread spread =
          Spread.from(origin, new Fingers(base, ring), (_, peer) -> usable.contains(peer));

      assertThat(Ring.of(spread.shares().keySet()).members()).isEqualTo(usable.members());
      assertThat(spread.sends()).isEqualTo(usable.size() - 1);
      assertThat(spread.duplicates()).isZero();
      assertThat(spread.hops()).isLessThanOrEqualTo(base.levels(ring.resolution()));
    }
  }

  @Test
  void whoIsMissedWasGivenUpByOneWhoWasReachedAndHadToCoverIt() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 400; round++) {
      Ring ring = randomRing(random, 1 + random.nextInt(200));
      Base base = new Base(1 + random.nextInt(4));
      Guid origin = any(ring, random);
      long seed = random.nextLong();
      BiPredicate<Guid, Guid> linked = (self, peer) -> linked(seed, self, peer);

      Spread spread = Spread.from(origin, new Fingers(base, ring), linked);

      assertThat(spread.duplicates()).isZero();
      List<Guid> missed = new ArrayList<>(ring.members());
      missed.removeAll(spread.shares().keySet());
      for (Guid member : missed) {
        assertThat(spread.shares().entrySet())
            .as("who gave up %s in round %d", member, round)
            .anyMatch(entry ->
                !linked.test(entry.getKey(), member)
                    && inStretch(entry.getKey(), entry.getValue().limit(), member));
      }
    }
  }

  @Test
  void reachesEachOnceEvenIfEverybodyHasAnotherBase() {
    Ring ring = Ring.complete(300);
    for (int value = 0; value < 300; value++) {
      Guid origin = Guid.of(value);

      Spread spread =
          Spread.from(
              origin, self -> new Fingers(new Base(1 + self.value() % 4), ring), (_, _) -> true);

      assertThat(spread.shares()).hasSize(300);
      assertThat(spread.sends()).isEqualTo(299);
    }
  }

  /// A member that one does not know of is like one that one cannot reach.
  @Test
  void nobodyIsHandedABatchTwiceEvenIfEverybodyKnowsOtherMembers() {
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < 50; round++) {
      List<Fingers> views = new ArrayList<>();
      for (int value = 0; value < 100; value++) {
        views.add(new Fingers(Base.of(4), randomRing(random, 1 + random.nextInt(100))));
      }

      Spread spread =
          Spread.from(
              Guid.of(random.nextInt(100)), self -> views.get(self.value()), (_, _) -> true);

      assertThat(spread.duplicates()).as("round %d", round).isZero();
    }
  }

  @Test
  void nextBackupCoversTheArcIfThePrimaryIsNotUsable() {
    Fingers fingers = new Fingers(Base.of(2), Ring.complete(8));

    List<Handover> handovers =
        fingers.cover(Guid.of(0), Guid.of(0).position(), peer -> peer.value() != 1);

    assertThat(handovers)
        .containsExactly(
            new Handover(Guid.of(4), Guid.of(2).position()),
            new Handover(Guid.of(2), Guid.of(1).position()),
            new Handover(Guid.of(5), Guid.of(0).position()));
  }

  @Test
  void nothingLiesBeforeALimitThatFollowsAtOnce() {
    Fingers fingers = new Fingers(Base.of(2), Ring.complete(8));

    assertThat(fingers.cover(Guid.of(0), new Position(1), _ -> true)).isEmpty();
    assertThat(fingers.cover(Guid.of(0), Guid.of(4).position(), _ -> true)).isEmpty();
    assertThat(fingers.cover(Guid.of(0), Guid.of(4).position().plus(1), _ -> true)).hasSize(1);
  }

  @Test
  void asksAboutEachOnceAndClockwise() {
    Fingers fingers = new Fingers(Base.of(4), Ring.complete(50));
    List<Guid> asked = new ArrayList<>();

    fingers.cover(Guid.of(9), Guid.of(9).position(), peer -> !asked.add(peer));

    assertThat(asked).isEqualTo(fingers.ring().successors(Guid.of(9), 50));
  }

  /// What a broadcast costs, counted without keeping it: the fast sibling of [Spread].
  private record Counts(int reached, int sends, int hops, int busiest) {

    static Counts of(Guid origin, int size, Fingers fingers) {
      BitSet reached = new BitSet(size);
      List<Handover> hop = List.of(new Handover(origin, origin.position()));
      int sends = -1;
      int hops = -1;
      int busiest = 0;
      for (; !hop.isEmpty(); hops++) {
        List<Handover> next = new ArrayList<>();
        for (Handover handover : hop) {
          List<Handover> passed = fingers.cover(handover.to(), handover.limit(), _ -> true);
          reached.set(handover.to().value());
          busiest = Math.max(busiest, passed.size());
          next.addAll(passed);
        }
        sends += hop.size();
        hop = next;
      }
      return new Counts(reached.cardinality(), sends, hops, busiest);
    }
  }

  private static boolean linked(long seed, Guid self, Guid peer) {
    return new SplittableRandom(seed + self.value() * 1_000_003L + peer.value()).nextInt(4) > 0;
  }

  private static boolean inStretch(Guid self, Position limit, Guid member) {
    return !member.equals(self) && new Arc(self.position(), limit).contains(member.position());
  }

  private static void removeAtTimes(Ring ring, Guid member, SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      ring.remove(member);
    }
  }

  private static Ring randomRing(SplittableRandom random, int below) {
    Ring ring = Ring.of(List.of(Guid.of(random.nextInt(below))));
    for (int value = 0; value < below; value++) {
      if (random.nextInt(4) > 0) {
        ring.add(Guid.of(value));
      }
    }
    return ring;
  }

  private static Guid any(Ring ring, SplittableRandom random) {
    return ring.members().get(random.nextInt(ring.size()));
  }

  /// ⌈log_b N⌉ in whole numbers.
  private static int logarithm(int parts, int size) {
    int levels = 0;
    for (long reach = 1; reach < size; reach *= parts) {
      levels++;
    }
    return levels;
  }
}
