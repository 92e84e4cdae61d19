package io.pychain.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final Instant NEVER = Instant.MIN;

  private final InFlight flight = new InFlight();
  private Instant now = Cast.NOON;

  @Test
  void handoffsNobodyAcknowledgesAreBoundedInNumber() {
    add(2 * InFlight.HANDOFFS_MAX);

    assertThat(flight.open()).hasSize(InFlight.HANDOFFS_MAX).startsWith(handoff(513));

    acknowledge(2 * InFlight.HANDOFFS_MAX - 1, 0);
    assertThat(flight.open()).containsExactly(handoff(2 * InFlight.HANDOFFS_MAX));
  }

  @Test
  void acknowledgementOfMoreThanWasHandedSettlesNoFutureHandoff() {
    add(1);

    acknowledge(Long.MAX_VALUE, -1);
    add(1);

    assertThat(flight.open()).containsExactly(handoff(2));
  }

  @Test
  void whatIsNamedAsMissingWasLost() {
    add(4);

    assertThat(flight.acknowledged(now, new Frame.Ack(4, 0b101, false)))
        .containsExactly(new InFlight.Lost(handoff(1), 1), new InFlight.Lost(handoff(3), 1));
    assertThat(flight.isEmpty()).isTrue();
  }

  @Test
  void whatWasNotSentIsNotMissing() {
    add(4);

    assertThat(flight.withdraw(2)).contains(handoff(2));

    assertThat(flight.acknowledged(now, new Frame.Ack(3, 0b1, false))).isEmpty();
    assertThat(flight.open()).containsExactly(handoff(4));
  }

  @Test
  void memberThatSaysNothingInTimeIsSilent() {
    add(1);

    pass(InFlight.PATIENCE_MIN.minusMillis(1));
    assertThat(flight.isSilent(now, NEVER)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(flight.isSilent(now, NEVER)).isTrue();
  }

  @Test
  void memberThatSaysSomethingElseMeanwhileIsNotSilent() {
    add(1);

    pass(InFlight.PATIENCE_MIN);

    assertThat(flight.isSilent(now, now.minusMillis(1))).isFalse();
    assertThat(flight.dueAt()).as("nothing to look for").isEqualTo(Instant.MAX);
    assertThat(flight.open()).as("but still open").hasSize(1);
  }

  @Test
  void newestIsTakenBackWhenAllAreLateOfAMemberThatLives() {
    add(1);
    pass(Duration.ofMillis(1));
    add(1);
    Instant heard = now.plusMillis(1);

    pass(InFlight.PATIENCE_MIN.minusMillis(1));
    assertThat(flight.isSilent(now, heard)).isFalse();
    assertThat(flight.takeLate()).as("the newest may still be acknowledged").isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(flight.isSilent(now, heard)).isFalse();
    assertThat(flight.takeLate()).contains(new InFlight.Lost(handoff(2), 1));
    assertThat(flight.open()).containsExactly(handoff(1));
  }

  @Test
  void whatWasLostTooOftenIsNotTakenBack() {
    flight.add(now, handoff(1), InFlight.LOSSES_MAX - 1);

    becomeLate();

    assertThat(flight.takeLate()).isEmpty();
    assertThat(flight.open()).hasSize(1);
  }

  @Test
  void whatWouldBurdenASlowLinkIsNotTakenBack() {
    Parcel large = Circle.parcelOf(InFlight.LATE_BYTES_MAX);
    flight.add(now, new Handoff(Guid.of(1), large, new Position(0), 1, 1), 0);

    becomeLate();

    assertThat(flight.takeLate()).isEmpty();
  }

  @Test
  void patienceIsLearntFromWhatWasTakenBackAndHadCome() {
    add(1);
    becomeLate();
    flight.takeLate();

    pass(Duration.ofMillis(200));
    acknowledge(1, 0);

    Duration taken = InFlight.PATIENCE_MIN.plusMillis(200);
    assertThat(flight.patience()).isEqualTo(taken.multipliedBy(3));
  }

  @Test
  void nothingIsLearntFromWhatWasLost() {
    add(1);
    becomeLate();
    flight.takeLate();
    add(1);

    pass(Duration.ofMillis(20));
    acknowledge(2, 0b1);

    assertThat(flight.patience()).isEqualTo(InFlight.PATIENCE_MIN);
  }

  private void becomeLate() {
    pass(InFlight.PATIENCE_MIN);
    assertThat(flight.isSilent(now, now)).isFalse();
  }

  @Test
  void patienceFollowsWhatAcknowledgementsTake() {
    add(1);
    pass(Duration.ofMillis(400));
    acknowledge(1, 0);
    assertThat(flight.patience()).isEqualTo(Duration.ofMillis(1_200));

    for (int i = 2; i < 100; i++) {
      add(1);
      pass(Duration.ofMillis(20));
      acknowledge(i, 0);
    }
    assertThat(flight.patience()).isEqualTo(InFlight.PATIENCE_MIN);
  }

  @Test
  void patienceIsLearntFromAnAcknowledgementThatComesTooLate() {
    add(1);
    pass(InFlight.PATIENCE_MIN);
    flight.giveUp();

    pass(Duration.ofMillis(100));
    acknowledge(1, 0);

    assertThat(flight.patience()).isEqualTo(Duration.ofMillis(1_800));
  }

  @Test
  void patienceIsBounded() {
    add(1);
    pass(Duration.ofMinutes(1));
    acknowledge(1, 0);

    assertThat(flight.patience()).isEqualTo(InFlight.PATIENCE_MAX);
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      flight.add(now, handoff(flight.next()), 0);
    }
  }

  private void acknowledge(long taken, long missing) {
    flight.acknowledged(now, new Frame.Ack(taken, missing, false));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static Handoff handoff(long number) {
    return new Handoff(Guid.of(1), Circle.PARCEL, new Position(0), 1, number);
  }
}
