package io.pychain.benchmarks.ring;

import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;

/// How many primary peers of others change when a newcomer joins a complete ring.
///
/// @param mean of all newcomers
/// @param max of the newcomer that moves most
record Joins(double mean, int max) {

  static Joins of(int size, int parts, int newcomers) {
    Ring ring = Ring.complete(size);
    Fingers fingers = new Fingers(Base.of(parts), ring);
    long sum = 0;
    int max = 0;
    for (int join = 0; join < newcomers; join++) {
      Guid newcomer = Guid.of(ring.size());
      ring.add(newcomer);
      int moved = moved(fingers, newcomer);
      sum += moved;
      max = Math.max(max, moved);
    }
    return new Joins((double) sum / newcomers, max);
  }

  private static int moved(Fingers fingers, Guid newcomer) {
    int moved = 0;
    for (int value = 0; value < newcomer.value(); value++) {
      moved += fingers.isPrimary(Guid.of(value), newcomer) ? 1 : 0;
    }
    return moved;
  }
}
