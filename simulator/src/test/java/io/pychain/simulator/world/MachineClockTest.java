package io.pychain.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A clock that is wrong is wrong in the same way whichever way it is asked.
class MachineClockTest {
  private static final ClockConfig WRONG = new ClockConfig(Duration.ofSeconds(30), 1e-3);

  private final Timeline timeline = new Timeline();

  @Test
  void clockShowsAMomentAtTheNanosecondThatItNamesForIt() {
    for (int seed = 0; seed < 1_000; seed++) {
      MachineClock clock = clock(seed);
      Instant moment = clock.instant().plusNanos(123_456_789L * (seed + 1));

      timeline.moveTo(clock.nanosOf(moment));

      assertThat(clock.instant()).isBetween(moment, moment.plusNanos(2));
    }
  }

  @Test
  void clockIsOffByNoMoreThanItMayBe() {
    for (int seed = 0; seed < 1_000; seed++) {
      Duration error = Duration.between(timeline.instant(), clock(seed).instant());

      assertThat(error.abs()).isLessThanOrEqualTo(WRONG.skewMax());
    }
  }

  @Test
  void momentsBeyondAllTimeAreKept() {
    assertThat(clock(1).nanosOf(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(clock(1).nanosOf(Instant.MIN)).isZero();
  }

  private MachineClock clock(int seed) {
    return new MachineClock(timeline, WRONG, new SplittableRandom(seed));
  }
}
