package io.pychain.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RingTest {

  private static final Position TOP = new Position(0);
  private static final Arc WHOLE = new Arc(TOP, TOP);

  @Test
  void membersStandInTheOrderOfTheirReversedBits() {
    Ring ring = Ring.complete(8);

    assertThat(ring).hasToString("[0, 4, 2, 6, 1, 5, 3, 7]");
    assertThat(ring.membersIn(WHOLE)).isEqualTo(ring.members());
  }

  @Test
  void neighbouringGapsDifferByAFactorOfTwoAtMost() {
    Ring ring = Ring.of(guids(0, 1));
    for (int size = 2; size <= 600; size++) {
      List<Long> gaps = gaps(ring);

      long smallest = gaps.stream().min(Long::compareUnsigned).orElseThrow();
      long largest = gaps.stream().max(Long::compareUnsigned).orElseThrow();
      assertThat(Long.divideUnsigned(largest, smallest)).as("%d members", size).isBetween(1L, 2L);

      ring.add(Guid.of(size));
    }
  }

  @Test
  void orderDoesNotDependOnTheOrderOfAdding() {
    Ring rising = Ring.of(guids(0, 1, 2, 3, 4, 5, 1000));
    Ring mixed = Ring.of(guids(1000, 3, 0, 5, 1, 4, 2));

    assertThat(mixed.members()).isEqualTo(rising.members());
    assertThat(mixed.resolution()).isEqualTo(rising.resolution()).isEqualTo(10);
  }

  @Test
  void addingTwiceAndRemovingAStrangerChangeNothing() {
    Ring ring = Ring.complete(5);

    assertThat(ring.add(Guid.of(3))).isFalse();
    assertThat(ring.remove(Guid.of(5))).isFalse();
    assertThat(ring.remove(Guid.of(1_000_000))).isFalse();

    assertThat(ring).hasToString("[0, 4, 2, 1, 3]");
    assertThat(ring.size()).isEqualTo(5);
  }

  @Test
  void removedMemberIsGoneAndMayComeBack() {
    Ring ring = Ring.complete(5);

    assertThat(ring.remove(Guid.of(2))).isTrue();

    assertThat(ring.contains(Guid.of(2))).isFalse();
    assertThat(ring).hasToString("[0, 4, 1, 3]");
    assertThat(ring.size()).isEqualTo(4);
    assertThat(ring.add(Guid.of(2))).isTrue();
    assertThat(ring).hasToString("[0, 4, 2, 1, 3]");
  }

  @Test
  void emptyRingHasNobodyAnywhere() {
    Ring ring = Ring.of(guids(7));
    ring.remove(Guid.of(7));

    assertThat(ring.isEmpty()).isTrue();
    assertThat(ring.firstIn(WHOLE)).isEmpty();
    assertThat(ring.membersIn(WHOLE)).isEmpty();
    assertThat(ring.successors(Guid.of(7), 3)).isEmpty();
    assertThat(ring.predecessors(Guid.of(7), 3)).isEmpty();
  }

  @Test
  void lonelyMemberIsNotItsOwnNeighbour() {
    Ring ring = Ring.of(guids(5));

    assertThat(ring.successors(Guid.of(5), 3)).isEmpty();
    assertThat(ring.predecessors(Guid.of(5), 3)).isEmpty();
    assertThat(ring.membersIn(WHOLE)).containsExactly(Guid.of(5));
  }

  @Test
  void neighboursGoOnBeyondTheTop() {
    Ring ring = Ring.complete(8);

    assertThat(ring.successors(Guid.of(3), 4)).isEqualTo(guids(7, 0, 4, 2));
    assertThat(ring.predecessors(Guid.of(4), 4)).isEqualTo(guids(0, 7, 3, 5));
  }

  @Test
  void everybodyElseIsANeighbourWhereManyAreAskedFor() {
    Ring ring = Ring.complete(4);

    assertThat(ring.successors(Guid.of(1), 99)).isEqualTo(guids(3, 0, 2));
    assertThat(ring.predecessors(Guid.of(1), 99)).isEqualTo(guids(2, 0, 3));
    assertThat(ring.successors(Guid.of(1), 0)).isEmpty();
  }

  @Test
  void outsiderHasNeighboursToo() {
    Ring ring = Ring.complete(4);

    assertThat(ring.successors(Guid.of(5), 2)).isEqualTo(guids(3, 0));
    assertThat(ring.predecessors(Guid.of(5), 2)).isEqualTo(guids(1, 2));
  }

  @Test
  void firstMemberOfAnArcIsItsPrimaryAndTheNextUsableOneItsBackup() {
    Ring ring = Ring.complete(8);
    Arc lastHalf = new Arc(Guid.of(1).position(), TOP);

    assertThat(ring.firstIn(lastHalf)).contains(Guid.of(1));
    assertThat(ring.firstIn(lastHalf, guid -> guid.value() != 1)).contains(Guid.of(5));
    assertThat(ring.firstIn(lastHalf, _ -> false)).isEmpty();
    assertThat(ring.membersIn(lastHalf)).isEqualTo(guids(1, 5, 3, 7));
  }

  @Test
  void arcMayBeginBetweenTwoMembers() {
    Ring ring = Ring.complete(8);
    Arc arc = new Arc(Guid.of(3).position().plus(1), Guid.of(4).position().plus(1));

    assertThat(ring.membersIn(arc)).isEqualTo(guids(7, 0, 4));
    assertThat(ring.firstIn(arc)).contains(Guid.of(7));
  }

  @Test
  void copyChangesOnItsOwn() {
    Ring ring = Ring.complete(3);
    Ring copy = ring.copy();

    copy.add(Guid.of(100));
    ring.remove(Guid.of(0));

    assertThat(ring).hasToString("[2, 1]");
    assertThat(copy.members()).hasSize(4);
  }

  @Test
  void hugeGuidIsRefusedAndNothingChanges() {
    Ring ring = Ring.complete(3);

    for (int hostile : new int[] {Ring.GUID_MAX + 1, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ring.add(Guid.of(hostile)))
          .withMessageContaining("above 16777215");
      assertThat(ring.contains(Guid.of(hostile))).isFalse();
      assertThat(ring.remove(Guid.of(hostile))).isFalse();
    }

    assertThat(ring.resolution()).isEqualTo(2);
    assertThat(ring.size()).isEqualTo(3);
  }

  @Test
  void largestGuidIsTaken() {
    Ring ring = Ring.complete(3);

    ring.add(Guid.of(Ring.GUID_MAX));

    assertThat(ring).hasToString("[0, 2, 1, 16777215]");
    assertThat(ring.resolution()).isEqualTo(24);
    assertThat(ring.successors(Guid.of(Ring.GUID_MAX), 1)).isEqualTo(guids(0));
    assertThat(ring.predecessors(Guid.of(Ring.GUID_MAX), 1)).isEqualTo(guids(1));
  }

  @Test
  void agreesWithASortedMapThroughRandomChanges() {
    SplittableRandom random = new SplittableRandom(1);
    Ring ring = new Ring();
    TreeMap<Long, Guid> model = new TreeMap<>(Long::compareUnsigned);
    for (int step = 0; step < 3_000; step++) {
      Guid guid = Guid.of(random.nextInt(1 + step / 10));
      boolean adds = random.nextInt(3) > 0;

      boolean changed = adds ? ring.add(guid) : ring.remove(guid);

      boolean expected =
          adds
              ? model.put(guid.position().value(), guid) == null
              : model.remove(guid.position().value()) != null;
      assertThat(changed).isEqualTo(expected);
      assertThat(ring.members()).containsExactlyElementsOf(model.values());
      assertThat(ring.size()).isEqualTo(model.size());
      Arc arc = new Arc(new Position(random.nextLong()), new Position(random.nextLong()));
      assertThat(ring.membersIn(arc)).isEqualTo(inArc(model, arc));
      assertThat(ring.firstIn(arc)).isEqualTo(inArc(model, arc).stream().findFirst());
    }
  }

  private static List<Guid> inArc(TreeMap<Long, Guid> model, Arc arc) {
    List<Guid> members = new ArrayList<>(model.tailMap(arc.from().value(), true).values());
    members.addAll(model.headMap(arc.from().value(), false).values());
    members.removeIf(guid -> !arc.contains(guid.position()));
    return members;
  }

  private static List<Long> gaps(Ring ring) {
    List<Guid> members = ring.members();
    List<Long> gaps = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Guid next = members.get((i + 1) % members.size());
      gaps.add(members.get(i).position().distanceTo(next.position()));
    }
    return gaps;
  }

  private static List<Guid> guids(int... values) {
    List<Guid> guids = new ArrayList<>();
    for (int value : values) {
      guids.add(Guid.of(value));
    }
    return guids;
  }
}
