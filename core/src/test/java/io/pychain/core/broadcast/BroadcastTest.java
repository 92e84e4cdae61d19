package io.pychain.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.ring.Ring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private static final Parcel PARCEL = new Parcel.OfRecord(Cast.record(0, 1));

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
  void memberThatDiesAtAnyStepIsTheOnlyOneToMissIt() {
    int size = 40;
    for (int victim = 1; victim < size; victim++) {
      for (int step = 0; step < size; step++) {
        Circle circle = new Circle(size);
        circle.originate(0);

        circle.run(step);
        circle.kill(victim);
        circle.run();

        TreeSet<Guid> missing = circle.missing();
        missing.remove(Guid.of(victim));
        assertThat(missing).as("victim %d dies at step %d", victim, step).isEmpty();
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

      assertThat(circle.missing()).as("seed %d", seed).isSubsetOf(circle.dead);
    }
  }

  @Test
  void linkThatBreaksAndComesBackIsHandedAgainWhatItMayHaveLost() {
    Circle circle = new Circle(8);
    List<Handoff> first = circle.nodes.get(0).originate(PARCEL);
    Guid peer = first.getFirst().to();

    List<Handoff> again = circle.nodes.get(0).linkDown(peer);

    assertThat(again).containsExactly(first.getFirst());
  }

  @Test
  void whatWasTakenIsNotHandedOverWhenTheLinkBreaks() {
    Circle circle = new Circle(8);
    Broadcast origin = circle.nodes.get(0);
    List<Handoff> handoffs = origin.originate(PARCEL);
    Guid peer = handoffs.getFirst().to();

    origin.taken(peer, new Frame.Ack(1, 0, true));

    assertThat(origin.linkDown(peer)).isEmpty();
  }

  @Test
  void whatFindsNoRoomGoesToTheNextInTheStretchAndIsCoveredByOthers() {
    for (int size : new int[] {2, 3, 8, 40, 100}) {
      Circle circle = new Circle(size);
      circle.originate(0);

      Guid slow = circle.refuseFirst();
      circle.run();

      TreeSet<Guid> missing = circle.missing();
      assertThat(missing).as("of %d, %s is slow", size, slow).containsExactly(slow);
      assertThat(circle.received.values()).containsOnly(1);
    }
  }

  @Test
  void whatWasNotSentIsNotCountedAsTaken() {
    InFlight flight = new InFlight();
    for (int i = 1; i <= 4; i++) {
      flight.add(handoff(i));
    }

    flight.withdraw(PARCEL.key(), new Position(0));
    flight.taken(2);

    assertThat(flight.open()).containsExactly(handoff(3));
  }

  @Test
  void stretchHandedAgainIsCoveredOnlyWhereItWasNot() {
    Circle circle = new Circle(64);
    Broadcast node = circle.nodes.get(0);
    Position half = new Position(1L << 63);
    List<Handoff> near = node.carry(PARCEL, half, 1);

    assertThat(node.carry(PARCEL, half, 1)).as("the same again").isEmpty();
    List<Handoff> far = node.carry(PARCEL, Guid.of(0).position().plus(-1), 1);

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

    assertThat(circle.nodes.get(3).carry(PARCEL, Guid.of(3).position(), 1)).isEmpty();
  }

  @Test
  void handoffsNobodyAcknowledgesAreBoundedInNumber() {
    InFlight flight = new InFlight();
    for (int i = 0; i < 2 * InFlight.HANDOFFS_MAX; i++) {
      flight.add(handoff(i));
    }

    assertThat(flight.open()).hasSize(InFlight.HANDOFFS_MAX).startsWith(handoff(512));

    flight.taken(2L * InFlight.HANDOFFS_MAX - 1);
    assertThat(flight.open()).containsExactly(handoff(2 * InFlight.HANDOFFS_MAX - 1));
  }

  @Test
  void urgentHandoffThatOvertookIsSettledBeforeWhatItOvertook() {
    Broadcast origin = new Circle(2).nodes.get(0);
    Parcel data = new Parcel.OfBatch(Cast.chain(Cast.log(0), 1, 1).getFirst());
    List<Handoff> waiting = origin.originate(data);
    origin.originate(PARCEL);

    origin.taken(Guid.of(1), new Frame.Ack(1, 0, true));

    assertThat(origin.linkDown(Guid.of(1))).isEqualTo(waiting);
  }

  @Test
  void acknowledgementOfMoreThanWasHandedSettlesNoFutureHandoff() {
    InFlight flight = new InFlight();
    flight.add(handoff(1));

    flight.taken(Long.MAX_VALUE);
    flight.add(handoff(2));

    assertThat(flight.open()).containsExactly(handoff(2));
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

  private static Handoff handoff(int hops) {
    return new Handoff(Guid.of(1), PARCEL, new Position(0), hops);
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

  /// All members at one table: who is handed something takes it in its turn. Nobody acknowledges,
  /// since that comes later than what is handed on.
  private static final class Circle {
    final List<Broadcast> nodes = new ArrayList<>();
    final TreeMap<Guid, Integer> received = new TreeMap<>();
    final TreeSet<Guid> dead = new TreeSet<>();
    final Deque<Passing> passing = new ArrayDeque<>();
    int hopsMax;

    private record Passing(Guid from, Handoff handoff) {}

    Circle(int size) {
      Fingers fingers = new Fingers(Base.of(4), Ring.complete(size));
      for (int i = 0; i < size; i++) {
        nodes.add(new Broadcast(Guid.of(i), fingers, peer -> !dead.contains(peer)));
      }
    }

    void originate(int origin) {
      received.put(Guid.of(origin), 1);
      pass(Guid.of(origin), nodes.get(origin).originate(PARCEL));
    }

    private void pass(Guid from, List<Handoff> handoffs) {
      handoffs.forEach(handoff -> passing.add(new Passing(from, handoff)));
    }

    /// The first that was handed something is too slow to be sent it.
    Guid refuseFirst() {
      Passing first = passing.remove();
      Guid slow = first.handoff().to();
      Broadcast from = nodes.get(first.from().value());
      pass(first.from(), from.unsent(slow, first.handoff().frame()));
      return slow;
    }

    void run() {
      run(Integer.MAX_VALUE);
    }

    void run(int steps) {
      for (int i = 0; i < steps && !passing.isEmpty(); i++) {
        Passing next = passing.remove();
        Handoff handoff = next.handoff();
        if (!dead.contains(handoff.to())) {
          take(handoff);
        }
      }
    }

    private void take(Handoff handoff) {
      Guid self = handoff.to();
      Frame.Announce frame = (Frame.Announce) handoff.frame();
      received.merge(self, 1, Integer::sum);
      hopsMax = Math.max(hopsMax, frame.hops());
      pass(self, nodes.get(self.value()).carry(PARCEL, frame.limit(), frame.hops()));
    }

    /// What it has sent and nobody has taken is lost with it.
    void kill(int victim) {
      Guid guid = Guid.of(victim);
      if (dead.add(guid)) {
        passing.removeIf(next -> next.from().equals(guid));
        for (int i = 0; i < nodes.size(); i++) {
          if (!dead.contains(Guid.of(i))) {
            pass(Guid.of(i), nodes.get(i).linkDown(guid));
          }
        }
      }
    }

    TreeSet<Guid> missing() {
      TreeSet<Guid> missing = new TreeSet<>();
      for (int i = 0; i < nodes.size(); i++) {
        missing.add(Guid.of(i));
      }
      missing.removeAll(received.keySet());
      return missing;
    }
  }
}
