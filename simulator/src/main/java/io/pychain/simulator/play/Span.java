package io.pychain.simulator.play;

import java.time.Duration;
import java.util.SplittableRandom;

/// How long something lasts, or in how long it happens: at least and at most.
///
/// @param min at least
/// @param max at most
record Span(Duration min, Duration max) {
  /// No time at all.
  static final Span NONE = new Span(Duration.ZERO, Duration.ZERO);

  /// @throws IllegalArgumentException if no time lies between
  Span {
    if (min.isNegative() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException("from " + min + " to " + max + " there is no time");
    }
  }

  /// A number of nanoseconds between the two, both included.
  long draw(SplittableRandom random) {
    return random.nextLong(min.toNanos(), max.toNanos() + 1);
  }
}
