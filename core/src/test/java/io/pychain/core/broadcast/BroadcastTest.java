package io.pychain.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private static final Parcel PARCEL = Circle.PARCEL;

  @Test
  void everyMemberGetsAParcelExactlyOnceInLogarithmicallyManyHops() {
    for (int size : new int[] {1, 2, 3, 5, 16, 17, 64, 100, 257}) {
      for (int origin : new int[] {0, size / 2, size - 1}) {
        Circle circle = new Circle(size);

        circle.originate(origin);
        circle.run();

        assertThat(circle.received.values()).as("of %d from %d", size, origin).containsOnly(1);
        assertThat(circle.received).hasSize(size);
        assertThat(circle.hopsMax).isLessThanOrEqualTo(hopsAllowed(size));
      }
    }
  }

  @Test
  void whoeverHasALinkToTheOneBeforeItIsReachedWhateverOtherLinksAreMissing() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int size = 2 + random.nextInt(100);
      List<Guid> round = new ArrayList<>(Ring.complete(size).members());
      boolean[][] chance = new boolean[size][size];
      for (int i = 0; i < size; i++) {
        for (int j = i + 1; j < size; j++) {
          chance[i][j] = random.nextInt(10) == 0;
        }
        int next = round.get((round.indexOf(Guid.of(i)) + 1) % size).value();
        chance[Math.min(i, next)][Math.max(i, next)] = true;
      }
      Circle circle = new Circle(size, (one, other) -> chance[one][other]);

      circle.originate(random.nextInt(size));
      circle.run();

      assertThat(circle.missing()).as("seed %d", seed).isEmpty();
      assertThat(circle.received.values()).as("seed %d", seed).containsOnly(1);
    }
  }

  @Test
  void memberThatDiesAtAnyStepIsTheOnlyOneToMissIt() {
    int size = 40;
    for (int victim = 1; victim < size; victim++) {
      for (int step = 0; step < size; step++) {
        Circle circle = new Circle(size);
        circle.originate(0);

        circle.run(step);
        circle.kill(victim);
        circle.run();

        assertThat(circle.missing()).as("victim %d dies at step %d", victim, step).isEmpty();
      }
    }
  }

  @Test
  void manyThatDieOneAfterTheOtherAreTheOnlyOnesToMissIt() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Circle circle = new Circle(60);
      circle.originate(0);
      for (int deaths = 0; deaths < 15; deaths++) {
        circle.run(random.nextInt(5));
        circle.kill(1 + random.nextInt(59));
      }
      circle.run();

      assertThat(circle.missing()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void manyThatFallSilentAtOnceArePassedOverAndKeepItFromNobody() {
    for (int seed = 0; seed < 50; seed++) {
      Circle circle = new Circle(60);
      List<Integer> victims = new ArrayList<>();
      for (int i = 1; i < 60; i++) {
        victims.add(i);
      }
      Collections.shuffle(victims, new Random(seed));
      victims.subList(0, 30).forEach(circle::freeze);

      circle.originate(0);
      circle.run();
      circle.await(InFlight.PATIENCE_MIN.multipliedBy(6));

      assertThat(circle.missing()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void peerThatIsSilentIsHandedNothingMoreUntilItIsHeard() {
    Circle circle = new Circle(8);
    Broadcast origin = circle.node(0);
    Guid peer = origin.originate(circle.now, PARCEL).getLast().to();
    circle.now = circle.now.plus(InFlight.PATIENCE_MIN);

    assertThat(origin.fallenSilent(circle.now)).contains(peer);
    for (int i = 1; i < 8; i++) {
      origin.heard(circle.now, Guid.of(peer.value() == i ? 7 : i));
    }
    assertThat(receivers(origin.originate(circle.now, parcel(2)))).doesNotContain(peer);

    origin.heard(circle.now, peer);
    assertThat(receivers(origin.originate(circle.now, parcel(3)))).contains(peer);
  }

  @Test
  void whatOnlyASilentPeerCouldCoverIsHandedToItOnceItIsHeard() {
    Circle circle = new Circle(2);
    Broadcast origin = circle.node(0);
    origin.originate(circle.now, PARCEL);
    circle.now = circle.now.plus(InFlight.PATIENCE_MIN);
    origin.fallenSilent(circle.now).forEach(peer -> origin.giveUp(circle.now, peer));

    assertThat(origin.originate(circle.now, parcel(2))).isEmpty();

    assertThat(receivers(origin.heard(circle.now, Guid.of(1)))).containsExactly(Guid.of(1));
  }

  @Test
  void stretchWithoutALinkIsHandedOverWhenOneComesUp() {
    Circle circle = new Circle(30, (one, _) -> one != 0);
    circle.originate(0);
    assertThat(circle.passing).isEmpty();

    circle.now = circle.now.plus(Owed.KEPT.minusMillis(1));
    circle.link(0, 1);
    circle.run();
    assertThat(circle.missing()).as("those before the first heir").hasSize(14);
    circle.link(0, 8);
    circle.run();
    assertThat(circle.missing()).containsExactly(Guid.of(16));
    circle.link(0, 16);
    circle.run();

    assertThat(circle.missing()).isEmpty();
    assertThat(circle.received.values()).containsOnly(1);
  }

  @Test
  void stretchIsNotOwedForEver() {
    Circle circle = new Circle(30, (one, _) -> one != 0);
    circle.originate(0);

    circle.now = circle.now.plus(Owed.KEPT);
    circle.link(0, 16);

    assertThat(circle.passing).isEmpty();
  }

  @Test
  void linkThatIsReplacedIsHandedAgainWhatTheOldOneMayHaveLost() {
    Circle circle = new Circle(8);
    List<Handoff> first = circle.node(0).originate(circle.now, PARCEL);
    Guid peer = first.getFirst().to();

    List<Handoff> again = circle.node(0).linkReplaced(circle.now, peer);

    assertThat(again).containsExactly(first.getFirst());
  }

  @Test
  void whatWasTakenIsNotHandedOverWhenTheLinkBreaks() {
    Circle circle = new Circle(8);
    Broadcast origin = circle.node(0);
    Guid peer = origin.originate(circle.now, PARCEL).getFirst().to();

    origin.acknowledged(circle.now, peer, new Frame.Ack(1, 0, true));

    assertThat(origin.linkDown(circle.now, peer)).isEmpty();
  }

  @Test
  void peerThatDoesNotTakeWhatItIsHandedHoldsUpDataForAWhileAndIsThenPassedOver() {
    Circle circle = new Circle(8);
    Broadcast origin = circle.node(0);
    List<Batch> batches = Cast.chain(Cast.log(0), Congestion.HIGH_HANDOFFS + 1, 1);
    Guid slow = originate(circle, batches.getFirst()).getFirst().to();
    for (Batch batch : batches.subList(1, Congestion.HIGH_HANDOFFS)) {
      for (Handoff handoff : originate(circle, batch)) {
        if (!handoff.to().equals(slow)) {
          origin.acknowledged(circle.now, handoff.to(), new Frame.Ack(handoff.number()));
        }
      }
    }
    assertThat(origin.keepsUp()).isFalse();

    circle.now = circle.now.plus(Congestion.PATIENCE);
    origin.passOverSlow(circle.now);

    assertThat(origin.keepsUp()).isTrue();
    assertThat(originate(circle, batches.getLast())).extracting(Handoff::to).doesNotContain(slow);

    origin.acknowledged(circle.now, slow, new Frame.Ack(Congestion.HIGH_HANDOFFS));
    assertThat(originate(circle, Cast.chain(Cast.log(0), 300, 1).getLast()))
        .as("it has caught up")
        .extracting(Handoff::to)
        .contains(slow);
  }

  private static List<Handoff> originate(Circle circle, Batch batch) {
    return circle.node(0).originate(circle.now, new Parcel.OfBatch(batch));
  }

  @Test
  void urgentHandoffThatOvertookIsSettledBeforeWhatItOvertook() {
    Circle circle = new Circle(2);
    Broadcast origin = circle.node(0);
    Parcel data = new Parcel.OfBatch(Cast.chain(Cast.log(0), 1, 1).getFirst());
    List<Handoff> waiting = origin.originate(circle.now, data);
    origin.originate(circle.now, PARCEL);

    origin.acknowledged(circle.now, Guid.of(1), new Frame.Ack(1, 0, true));

    assertThat(origin.linkReplaced(circle.now, Guid.of(1))).isEqualTo(waiting);
  }

  @Test
  void whatIsLostOnTheWayIsHandedAgainUntilItIsLostTooOften() {
    Circle circle = new Circle(2);
    Broadcast origin = circle.node(0);
    Handoff lost = origin.originate(circle.now, PARCEL).getFirst();
    long last = origin.originate(circle.now, parcel(2)).getFirst().number();

    for (int losses = 1; losses < InFlight.LOSSES_MAX; losses++) {
      var ack = new Frame.Ack(last, 1, true);
      List<Handoff> again = origin.acknowledged(circle.now, lost.to(), ack);

      assertThat(again).containsExactly(new Handoff(lost.to(), PARCEL, lost.limit(), 1, last + 1));
      last = origin.originate(circle.now, parcel(2 + losses)).getFirst().number();
    }

    assertThat(origin.acknowledged(circle.now, lost.to(), new Frame.Ack(last, 1, true))).isEmpty();
  }

  @Test
  void lastHandoffIsHandedAgainIfAPeerThatLivesDoesNotAcknowledgeIt() {
    Circle circle = new Circle(2);
    Broadcast origin = circle.node(0);
    Handoff first = origin.originate(circle.now, PARCEL).getFirst();
    Handoff last = origin.originate(circle.now, parcel(2)).getFirst();
    circle.now = circle.now.plus(InFlight.PATIENCE_MIN);
    circle.heard.put(Guid.of(1), circle.now);

    assertThat(origin.fallenSilent(circle.now)).isEmpty();
    List<Handoff> late = origin.handLateAgain(circle.now);

    assertThat(late).containsExactly(new Handoff(last.to(), last.parcel(), last.limit(), 1, 3));
    assertThat(origin.handLateAgain(circle.now)).as("not twice").isEmpty();
    assertThat(origin.acknowledged(circle.now, last.to(), new Frame.Ack(3, 0b11, true)))
        .as("by which it is found that the one before was lost as well")
        .containsExactly(new Handoff(first.to(), first.parcel(), first.limit(), 1, 4));
    assertThat(origin.isSettled()).as("what was handed again is awaited").isFalse();

    origin.acknowledged(circle.now, last.to(), new Frame.Ack(4, 0, true));
    assertThat(origin.isSettled()).isTrue();
    assertThat(origin.deadline()).as("nobody is awaited").isEqualTo(Instant.MAX);
  }

  @Test
  void whatFindsNoRoomGoesToTheNextInTheStretchAndIsCoveredByOthers() {
    for (int size : new int[] {2, 3, 8, 40, 100}) {
      Circle circle = new Circle(size);
      circle.originate(0);

      Guid slow = circle.refuseFirst();
      circle.run();

      assertThat(circle.missing())
          .as("of %d, %s is slow", size, slow)
          .isSubsetOf(new TreeSet<>(List.of(slow)));
      assertThat(circle.received.values()).containsOnly(1);
    }
  }

  @Test
  void stretchHandedAgainIsCoveredOnlyWhereItWasNot() {
    Circle circle = new Circle(64);
    Broadcast node = circle.node(0);
    Position half = new Position(1L << 63);
    List<Handoff> near = node.carry(circle.now, frame(half));

    assertThat(node.carry(circle.now, frame(half))).as("the same again").isEmpty();
    List<Handoff> far = node.carry(circle.now, frame(Guid.of(0).position().plus(-1)));

    TreeSet<Guid> twice = receivers(near);
    twice.retainAll(receivers(far));
    assertThat(twice).isEmpty();
    assertThat(far)
        .isNotEmpty()
        .allMatch(handoff -> handoff.to().position().value() < 0, "lies in the second half");
  }

  @Test
  void stretchOfNobodyIsCoveredByNobody() {
    Circle circle = new Circle(8);

    Frame.Carrier nobody = frame(Guid.of(3).position());

    assertThat(circle.node(3).carry(circle.now, nobody)).isEmpty();
  }

  @Test
  void nodeIsSettledOnceAllThatItHandedOutIsTaken() {
    Circle circle = new Circle(3, (one, other) -> one != 0 || other != 2);
    Broadcast origin = circle.node(0);
    assertThat(origin.isSettled()).isTrue();

    origin.originate(circle.now, PARCEL);
    assertThat(origin.isSettled()).isFalse();

    origin.acknowledged(circle.now, Guid.of(1), new Frame.Ack(1, 0, true));
    assertThat(origin.isSettled()).isTrue();
  }

  @Test
  void parcelsRememberedAreBounded() {
    Covered covered = new Covered();
    for (int i = 0; i <= Covered.PARCELS_MAX; i++) {
      covered.extend(new Parcel.Key(0, Cast.log(1), i), -1);
    }

    assertThat(covered.of(new Parcel.Key(0, Cast.log(1), 0))).as("the oldest").isZero();
    assertThat(covered.of(new Parcel.Key(0, Cast.log(1), 1))).isEqualTo(-1);
  }

  @Test
  void distanceCoveredIsUnsignedAndNeverShrinks() {
    Covered covered = new Covered();
    Parcel.Key key = PARCEL.key();

    covered.extend(key, -5);
    covered.extend(key, 7);

    assertThat(covered.of(key)).isEqualTo(-5);
  }

  @Test
  void stretchesOwedAreBounded() {
    Owed owed = new Owed();
    for (int i = 0; i < 2 * Owed.STRETCHES_MAX; i++) {
      owed.add(new Owed.Stretch(new Load(PARCEL, 1), 0, -1, Cast.NOON.plus(Duration.ofSeconds(1))));
    }

    assertThat(owed.takeAt(Cast.NOON, 5)).hasSize(Owed.STRETCHES_MAX);
    assertThat(owed.isEmpty()).isTrue();
  }

  private static Parcel parcel(long number) {
    return new Parcel.OfRecord(Cast.record(0, number));
  }

  private static Frame.Carrier frame(Position limit) {
    return new Frame.Announce(((Parcel.OfRecord) PARCEL).record(), limit, 1);
  }

  private static TreeSet<Guid> receivers(List<Handoff> handoffs) {
    TreeSet<Guid> receivers = new TreeSet<>();
    handoffs.forEach(handoff -> receivers.add(handoff.to()));
    return receivers;
  }

  private static int hopsAllowed(int size) {
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
    return Base.of(4).levels(bits);
  }
}
