package io.pychain.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// The clock of one machine: it began wrong, and goes too fast or too slow, but always forward.
final class MachineClock {
  private final Timeline timeline;
  private final long skew;
  private final double drift;

  /// Draws how wrong this clock is.
  MachineClock(Timeline timeline, ClockConfig config, RandomGenerator random) {
    this.timeline = timeline;
    this.skew = Math.round(config.skewMax().toNanos() * (2 * random.nextDouble() - 1));
    this.drift = config.driftMax() * (2 * random.nextDouble() - 1);
  }

  /// What it shows.
  Instant instant() {
    return isRight() ? timeline.instant() : Timeline.BEGINNING.plusNanos(shownAt(timeline.now()));
  }

  /// The first nanosecond of the world at which this clock shows a moment; `Long.MAX_VALUE` if that
  /// is too far off to count.
  long nanosOf(Instant moment) {
    if (isRight()) {
      return timeline.nanosOf(moment);
    }
    Duration since = Duration.between(Timeline.BEGINNING, moment);
    if (since.toSeconds() > Timeline.SECONDS_MAX) {
      return Long.MAX_VALUE;
    }
    if (since.toSeconds() < -Timeline.SECONDS_MAX) {
      return 0;
    }
    return firstAt(since.toNanos());
  }

  private long firstAt(long shown) {
    long nanos = (long) ((shown - skew) / (1 + drift));
    while (shownAt(nanos) < shown) {
      nanos++;
    }
    return Math.max(0, nanos);
  }

  private long shownAt(long nanos) {
    return nanos + skew + (long) (nanos * drift);
  }

  private boolean isRight() {
    return skew == 0 && drift == 0;
  }
}
