package io.pychain.core.message;

import io.pychain.core.ring.Guid;

/// Names one append-only log: that of an origin in one epoch.
///
/// The epoch rises when the origin may have lost the end of its log, so that it never uses one
/// number twice.
///
/// @param guid the origin
/// @param epoch from 1
public record LogId(Guid guid, int epoch) implements Comparable<LogId> {
  /// @throws IllegalArgumentException if the epoch is below 1
  public LogId {
    if (epoch < 1) {
      throw new IllegalArgumentException("an epoch counts from 1, not " + epoch);
    }
  }

  /// By origin, then by epoch. Written out, since every table of logs is searched by it.
  @Override
  public int compareTo(LogId other) {
    int guids = guid.compareTo(other.guid);
    return guids == 0 ? Integer.compare(epoch, other.epoch) : guids;
  }

  @Override
  public String toString() {
    return guid + ":" + epoch;
  }
}
