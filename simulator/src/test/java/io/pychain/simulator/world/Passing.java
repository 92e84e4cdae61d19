package io.pychain.simulator.world;

import java.time.Duration;

/// Lets time pass on a timeline that is no part of a world.
final class Passing {
  private Passing() {}

  static void pass(Timeline timeline, Duration time) {
    long until = timeline.now() + time.toNanos();
    boolean more = true;
    while (more) {
      more = timeline.step(until);
    }
    timeline.moveTo(until);
  }
}
