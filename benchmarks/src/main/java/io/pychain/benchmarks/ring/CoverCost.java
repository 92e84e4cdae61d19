package io.pychain.benchmarks.ring;

import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Handover;
import io.pychain.core.ring.Position;
import io.pychain.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;

/// The time of one `Fingers.cover`, in nanoseconds.
///
/// @param originNs for the whole circle: the dearest one
/// @param relayNs on average over all members of broadcasts, each with the share it is handed
record CoverCost(double originNs, double relayNs) {

  private static final int ROUNDS = 10;
  private static final long ROUND_NS = 80_000_000;

  static CoverCost of(int size, int parts) {
    Fingers fingers = new Fingers(Base.of(parts), Ring.complete(size));
    List<Handover> origins = new ArrayList<>();
    List<Handover> relays = new ArrayList<>();
    for (int sample = 0; sample < Math.min(size, 50); sample++) {
      Guid origin = Guid.of((int) ((long) sample * size / Math.min(size, 50)));
      origins.add(new Handover(origin, origin.position()));
      if (relays.size() < 100_000) {
        broadcast(fingers, origin, relays);
      }
    }
    return new CoverCost(best(fingers, origins), best(fingers, relays));
  }

  private static void broadcast(Fingers fingers, Guid origin, List<Handover> all) {
    int next = all.size();
    all.add(new Handover(origin, origin.position()));
    for (; next < all.size(); next++) {
      all.addAll(fingers.cover(all.get(next).to(), all.get(next).limit(), _ -> true));
    }
  }

  /// The best of some rounds: what disturbs a measurement only ever makes it slower.
  private static double best(Fingers fingers, List<Handover> shares) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, round(fingers, shares));
    }
    return best;
  }

  private static double round(Fingers fingers, List<Handover> shares) {
    long start = System.nanoTime();
    long covers = 0;
    long handovers = 0;
    long elapsed = 0;
    while (elapsed < ROUND_NS) {
      for (Handover share : shares) {
        Guid self = share.to();
        Position limit = share.limit();
        handovers += fingers.cover(self, limit, peer -> peer.value() >= 0).size();
      }
      covers += shares.size();
      elapsed = System.nanoTime() - start;
    }
    if (handovers < 0) {
      throw new IllegalStateException("Never: keeps the covers from being left out");
    }
    return (double) elapsed / covers;
  }
}
