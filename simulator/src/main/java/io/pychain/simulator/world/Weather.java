package io.pychain.simulator.world;

import java.time.Duration;

/// How well links carry frames at the moment. Chances are from 0 to 1 and drawn for each frame.
///
/// Links of a real network lose no frame without breaking; but a node whose outbox is full does,
/// and the protocol must live with worse than it will meet. Hellos, and what a newcomer and its
/// boot node say to each other, always arrive.
///
/// @param loss chance that a frame vanishes on its way and neither end notices
/// @param duplication chance that a frame arrives twice
/// @param reorder chance that a frame leaves its place in the line
/// @param delayMax at most so much later do duplicates and frames out of line arrive
public record Weather(double loss, double duplication, double reorder, Duration delayMax) {
  /// Every frame arrives once, in its turn.
  public static final Weather FAIR = new Weather(0, 0, 0, Duration.ofMillis(100));

  /// @throws IllegalArgumentException if a chance is none
  public Weather {
    if (isNoChance(loss) || isNoChance(duplication) || isNoChance(reorder)) {
      throw new IllegalArgumentException("a chance is from 0 to 1");
    }
  }

  private static boolean isNoChance(double chance) {
    return !(chance >= 0 && chance <= 1);
  }

  /// Whether every frame arrives once, in its turn.
  boolean isFair() {
    return loss == 0 && duplication == 0 && reorder == 0;
  }
}
