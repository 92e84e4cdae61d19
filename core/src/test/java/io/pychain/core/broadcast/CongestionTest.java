package io.pychain.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CongestionTest {
  private static final Guid ANN = Guid.of(1);
  private static final Guid BEN = Guid.of(2);
  private static final Instant NOON = Cast.NOON;
  private static final Instant LATER = NOON.plus(Congestion.PATIENCE);
  private static final int PARTS = 16;

  private final Congestion congestion = new Congestion();

  @Test
  void publishingWaitsForAPeerFromTheHighMarkDownToTheLowOne() {
    InFlight flight = flight(PARTS - 1, (int) Congestion.HIGH_BYTES / PARTS);
    congestion.update(NOON, ANN, flight);
    assertThat(congestion.isOpen()).isTrue();

    add(flight, (int) Congestion.HIGH_BYTES / PARTS);
    congestion.update(NOON, ANN, flight);
    assertThat(congestion.isOpen()).isFalse();

    flight.acknowledged(NOON, new Frame.Ack(PARTS / 2));
    congestion.update(NOON, ANN, flight);
    assertThat(congestion.isOpen()).as("at the low mark").isFalse();

    flight.acknowledged(NOON, new Frame.Ack(PARTS / 2 + 1));
    congestion.update(NOON, ANN, flight);
    assertThat(congestion.isOpen()).isTrue();
  }

  @Test
  void manySmallHandoffsFillAPeerToo() {
    InFlight flight = flight(Congestion.HIGH_HANDOFFS, 1);

    congestion.update(NOON, ANN, flight);

    assertThat(congestion.isOpen()).isFalse();
  }

  @Test
  void peerThatStaysFullIsWaitedForOnlySoLong() {
    congestion.update(NOON, ANN, full());

    assertThat(congestion.deadline()).isEqualTo(LATER);
    congestion.fallenSlow(LATER.minusNanos(1));
    assertThat(congestion.isSlow(ANN)).isFalse();
    congestion.fallenSlow(LATER);
    assertThat(congestion.isSlow(ANN)).isTrue();
    assertThat(congestion.isOpen()).isTrue();
    assertThat(congestion.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void slowPeerIsNotWaitedForAgainBeforeItHasCaughtUp() {
    congestion.update(NOON, ANN, full());
    congestion.fallenSlow(LATER);

    assertThat(congestion.update(LATER, ANN, full())).isFalse();
    assertThat(congestion.isOpen()).isTrue();

    assertThat(congestion.update(LATER, ANN, flight(1, 1))).as("keeps up again").isTrue();
    congestion.update(LATER, ANN, full());
    assertThat(congestion.isOpen()).isFalse();
  }

  @Test
  void slowPeerDoesNotHideAnotherThatIsFull() {
    congestion.update(NOON, ANN, full());
    congestion.update(LATER, BEN, full());

    congestion.fallenSlow(LATER);
    assertThat(congestion.isSlow(ANN)).isTrue();
    assertThat(congestion.isSlow(BEN)).isFalse();
    assertThat(congestion.isOpen()).isFalse();
    assertThat(congestion.deadline()).isEqualTo(LATER.plus(Congestion.PATIENCE));
  }

  @Test
  void peerThatIsGoneIsNotWaitedFor() {
    congestion.update(NOON, ANN, full());

    congestion.forget(ANN);

    assertThat(congestion.isOpen()).isTrue();
  }

  private static InFlight full() {
    return flight(PARTS, (int) Congestion.HIGH_BYTES / PARTS);
  }

  private static InFlight flight(int handoffs, int bytes) {
    InFlight flight = new InFlight();
    for (int i = 0; i < handoffs; i++) {
      add(flight, bytes);
    }
    return flight;
  }

  private static void add(InFlight flight, int bytes) {
    Parcel parcel = Circle.parcelOf(bytes);
    flight.add(NOON, new Handoff(ANN, parcel, new Position(0), 1, flight.next()), 0);
  }
}
