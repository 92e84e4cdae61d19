package io.pychain.simulator.world;

import java.time.Duration;

/// How far the clocks of machines are off. Each machine's own error is drawn from the seed.
///
/// @param skewMax a clock is at most so much ahead or behind when the world begins
/// @param driftMax and gains or loses at most so many seconds a second; quartz has about 1e-4
public record ClockConfig(Duration skewMax, double driftMax) {
  /// Clocks that are right.
  public static final ClockConfig EXACT = new ClockConfig(Duration.ZERO, 0);

  /// @throws IllegalArgumentException if a clock would not go forward
  public ClockConfig {
    if (skewMax.isNegative() || !(driftMax >= 0 && driftMax < 1)) {
      throw new IllegalArgumentException(
          "a clock is not off by " + skewMax + " and " + driftMax + " s/s");
    }
  }
}
