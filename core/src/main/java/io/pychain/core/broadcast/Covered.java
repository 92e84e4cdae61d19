package io.pychain.core.broadcast;

import java.util.LinkedHashMap;
import java.util.Map;

/// How far this node has covered for each parcel of late: the last distance on the circle,
/// unsigned. Beyond its bound the oldest is forgotten, and would at worst be covered twice.
final class Covered {
  /// Parcels remembered. At 1,000 batches a second it is four seconds, which is longer than any
  /// failover takes.
  static final int PARCELS_MAX = 4_096;

  private final Map<Parcel.Key, Long> last =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Parcel.Key, Long> eldest) {
          return size() > PARCELS_MAX;
        }
      };

  /// The last distance covered, 0 if none.
  long of(Parcel.Key key) {
    return last.getOrDefault(key, 0L);
  }

  boolean contains(Parcel.Key key) {
    return last.containsKey(key);
  }

  void extend(Parcel.Key key, long distance) {
    last.merge(key, distance, (a, b) -> Long.compareUnsigned(a, b) < 0 ? b : a);
  }
}
