package io.pychain.core.message;

import io.pychain.core.ring.Guid;
import java.util.Comparator;

/// Names one append-only log: that of an origin in one epoch.
///
/// The epoch rises when the origin may have lost the end of its log, so that it never uses one
/// number twice.
///
/// @param guid the origin
/// @param epoch from 1
public record LogId(Guid guid, int epoch) implements Comparable<LogId> {
  private static final Comparator<LogId> ORDER =
      Comparator.comparing(LogId::guid).thenComparingInt(LogId::epoch);

  /// @throws IllegalArgumentException if the epoch is below 1
  public LogId {
    if (epoch < 1) {
      throw new IllegalArgumentException("an epoch counts from 1, not " + epoch);
    }
  }

  @Override
  public int compareTo(LogId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return guid + ":" + epoch;
  }
}
