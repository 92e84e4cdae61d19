package io.pychain.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pychain.core.ring.Partner.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FingersTest {

  @Test
  void arcsTileTheCircleExactly() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 2_000; round++) {
      Base base = new Base(1 + random.nextInt(4));
      Ring ring = Ring.of(List.of(Guid.of(random.nextInt(1 << random.nextInt(1, 25)))));
      Guid self = Guid.of(random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31));
      Fingers fingers = new Fingers(base, ring);

      List<Arc> arcs = fingers.arcs(self);

      Position at = self.position().plus(fingers.reach(self));
      for (Arc arc : arcs) {
        assertThat(arc.from()).as("round %d", round).isEqualTo(at);
        at = arc.until();
      }
      assertThat(at).isEqualTo(self.position());
      assertThat(arcs.size() % (base.parts() - 1)).isZero();
    }
  }

  @Test
  void nobodyIsInTheSliverBeforeTheFirstArc() {
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 500; round++) {
      Ring ring = randomRing(random, 1 + random.nextInt(300));
      Guid self = Guid.of(random.nextInt(600));
      Fingers fingers = new Fingers(new Base(1 + random.nextInt(4)), ring);
      Position start = self.position();

      Arc sliver = new Arc(start.plus(1), start.plus(fingers.reach(self)));

      assertThat(ring.membersIn(sliver)).isEmpty();
    }
  }

  @Test
  void everyOtherMemberIsInTheArcThatIsCalledItsArc() {
    SplittableRandom random = new SplittableRandom(13);
    for (int round = 0; round < 200; round++) {
      Ring ring = randomRing(random, 1 + random.nextInt(100));
      Fingers fingers = new Fingers(new Base(1 + random.nextInt(4)), ring);
      Guid self = Guid.of(random.nextInt(200));
      List<Arc> arcs = fingers.arcs(self);
      for (Guid peer : ring.successors(self, ring.size())) {
        Arc arc = fingers.arcOf(self, peer);

        assertThat(arc.contains(peer.position())).isTrue();
        assertThat(arcs).contains(arc);
      }
    }
  }

  @Test
  void nobodyIsInAnArcOfItsOwn() {
    Fingers fingers = new Fingers(Base.of(4), Ring.complete(4));

    assertThatIllegalArgumentException().isThrownBy(() -> fingers.arcOf(Guid.of(2), Guid.of(2)));
    assertThat(fingers.isPrimary(Guid.of(2), Guid.of(2))).isFalse();
  }

  @Test
  void coverIsTheFirstUsableMemberOfEachArcCutAtTheLimit() {
    SplittableRandom random = new SplittableRandom(14);
    for (int round = 0; round < 5_000; round++) {
      Ring ring = randomRing(random, 1 + random.nextInt(300));
      Fingers fingers = new Fingers(new Base(1 + random.nextInt(4)), ring);
      Guid self = Guid.of(random.nextInt(400));
      Position limit = randomLimit(random, self);
      long seed = random.nextLong();
      Predicate<Guid> usable = peer -> usable(seed, peer);

      List<Handover> handovers = fingers.cover(self, limit, usable);

      assertThat(handovers)
          .as("round %d", round)
          .isEqualTo(coverArcByArc(fingers, self, limit, usable));
    }
  }

  @Test
  void partnersAreTheUsablePrimariesAndNeighboursEachOnceAndClockwise() {
    Ring ring = Ring.complete(16);
    Fingers fingers = new Fingers(Base.of(2), ring);

    assertThat(describe(fingers.partners(Guid.of(0), 2, _ -> true)))
        .containsExactly(
            "8 [PRIMARY, NEIGHBOUR]",
            "4 [PRIMARY, NEIGHBOUR]",
            "2 [PRIMARY]",
            "1 [PRIMARY]",
            "7 [NEIGHBOUR]",
            "15 [NEIGHBOUR]");
    assertThat(describe(fingers.partners(Guid.of(0), 1, peer -> peer.value() % 4 != 0)))
        .containsExactly(
            "2 [PRIMARY, NEIGHBOUR]", //
            "1 [PRIMARY]",
            "15 [NEIGHBOUR]");
    assertThat(describe(fingers.partners(Guid.of(0), 0, peer -> peer.value() != 1)))
        .containsExactly("8 [PRIMARY]", "4 [PRIMARY]", "2 [PRIMARY]", "9 [BACKUP]");
  }

  @Test
  void lonelyMemberWantsNobody() {
    Fingers fingers = new Fingers(Base.of(4), Ring.complete(1));

    assertThat(fingers.partners(Guid.of(0), 3, _ -> true)).isEmpty();
    assertThat(fingers.wants(Guid.of(0), Guid.of(0), 3, _ -> true)).isFalse();
    assertThat(fingers.wants(Guid.of(0), Guid.of(1), 3, _ -> true)).isFalse();
  }

  @Test
  void wantsAnswersLikePartners() {
    SplittableRandom random = new SplittableRandom(15);
    for (int round = 0; round < 200; round++) {
      int below = 1 + random.nextInt(120);
      Ring ring = randomRing(random, below);
      Fingers fingers = new Fingers(new Base(1 + random.nextInt(4)), ring);
      int neighbours = random.nextInt(4);
      long seed = random.nextLong();
      Predicate<Guid> usable = peer -> usable(seed, peer);
      Guid self = Guid.of(random.nextInt(below));

      List<Guid> partners = peers(fingers.partners(self, neighbours, usable));

      for (int value = 0; value < below + 2; value++) {
        assertThat(fingers.wants(self, Guid.of(value), neighbours, usable))
            .as("round %d: %s wants %d", round, self, value)
            .isEqualTo(partners.contains(Guid.of(value)));
      }
    }
  }

  /// Why: the point before the newcomer x is taken (k bits, all even slots are in use), so of the
  /// points that are d·w before x and before that point, one at most is a member with x as its new
  /// primary there: one finger for each of the (b − 1)·⌈k/s⌉ pairs of level and part.
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void joinMovesAtMostOneFingerForEachArcOfOneMember(int parts) {
    Base base = Base.of(parts);
    Ring ring = new Ring();
    Fingers fingers = new Fingers(base, ring);
    for (int size = 0; size < 1_500; size++) {
      Guid newcomer = Guid.of(size);
      ring.add(newcomer);

      int moved = 0;
      for (int value = 0; value < size; value++) {
        moved += fingers.isPrimary(Guid.of(value), newcomer) ? 1 : 0;
      }

      int bound = (parts - 1) * base.levels(ring.resolution());
      assertThat(moved).as("b = %d, newcomer %d", parts, size).isBetween(size == 0 ? 0 : 1, bound);
    }
  }

  @Test
  void joinMovesNoFingerButToTheNewcomer() {
    Ring ring = Ring.complete(100);
    Fingers fingers = new Fingers(Base.of(4), ring);
    List<List<Guid>> before = primaries(fingers, 100);
    Guid newcomer = Guid.of(100);

    ring.add(newcomer);

    List<List<Guid>> after = primaries(fingers, 100);
    for (int value = 0; value < 100; value++) {
      List<Guid> unmoved = new ArrayList<>(after.get(value));
      unmoved.remove(newcomer);
      assertThat(before.get(value)).containsAll(unmoved);
      assertThat(before.get(value).size() - unmoved.size()).isBetween(0, 1);
    }
  }

  /// A gap of a complete ring is 2 slots at most, so per level and part at most 2 members share
  /// one.
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void completeRingLoadsNobodyWithMoreThanLogarithmicallyManyLinks(int parts) {
    Base base = Base.of(parts);
    for (int size : new int[] {2, 3, 10, 33, 64, 100, 300}) {
      Fingers fingers = new Fingers(base, Ring.complete(size));
      int[] incoming = new int[size];
      int bound = (parts - 1) * base.levels(fingers.ring().resolution());
      for (List<Guid> primaries : primaries(fingers, size)) {
        assertThat(primaries).hasSizeLessThanOrEqualTo(bound);
        primaries.forEach(peer -> incoming[peer.value()]++);
      }
      for (int links : incoming) {
        assertThat(links).isLessThanOrEqualTo(2 * bound);
      }
    }
  }

  @Test
  void outsiderWithAHugeGuidIsServedLikeAnyOther() {
    Ring ring = Ring.complete(10);
    Guid hostile = Guid.of(Integer.MAX_VALUE);
    for (int bits = 1; bits <= 4; bits++) {
      Fingers fingers = new Fingers(new Base(bits), ring);

      List<Handover> handovers = fingers.cover(hostile, hostile.position(), _ -> true);

      assertThat(handovers)
          .isEqualTo(coverArcByArc(fingers, hostile, hostile.position(), _ -> true));
      assertThat(handovers.getFirst().to()).isEqualTo(Guid.of(0));
      assertThat(fingers.wants(Guid.of(0), hostile, 3, _ -> true)).isFalse();
    }
  }

  private static List<Handover> coverArcByArc(
      Fingers fingers, Guid self, Position limit, Predicate<Guid> usable) {
    List<Handover> handovers = new ArrayList<>();
    Position start = self.position();
    for (Arc arc : fingers.arcs(self)) {
      boolean whole = limit.equals(start);
      if (whole
          || Long.compareUnsigned(start.distanceTo(arc.from()), start.distanceTo(limit)) < 0) {
        Arc cut = whole ? arc : arc.cutAt(limit);
        fingers
            .ring()
            .firstIn(cut, usable)
            .ifPresent(to -> handovers.add(new Handover(to, cut.until())));
      }
    }
    return handovers;
  }

  private static Position randomLimit(SplittableRandom random, Guid self) {
    return switch (random.nextInt(3)) {
      case 0 -> self.position();
      case 1 -> Guid.of(random.nextInt(400)).position();
      default -> new Position(random.nextLong());
    };
  }

  private static List<List<Guid>> primaries(Fingers fingers, int size) {
    List<List<Guid>> primaries = new ArrayList<>();
    for (int value = 0; value < size; value++) {
      primaries.add(peers(fingers.partners(Guid.of(value), 0, _ -> true)));
    }
    return primaries;
  }

  private static List<Guid> peers(List<Partner> partners) {
    return partners.stream().map(Partner::peer).toList();
  }

  private static List<String> describe(List<Partner> partners) {
    for (Partner partner : partners) {
      assertThat(partner.is(Kind.PRIMARY) && partner.is(Kind.BACKUP)).isFalse();
    }
    return partners.stream().map(partner -> partner.peer() + " " + partner.kinds()).toList();
  }

  private static boolean usable(long seed, Guid peer) {
    return new SplittableRandom(seed + peer.value()).nextInt(3) > 0;
  }

  private static Ring randomRing(SplittableRandom random, int below) {
    Ring ring = new Ring();
    for (int value = 0; value < below; value++) {
      if (random.nextInt(4) > 0) {
        ring.add(Guid.of(value));
      }
    }
    return ring;
  }
}
