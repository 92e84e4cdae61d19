package io.pychain.simulator.world;

import java.time.Duration;

/// How the virtual disks behave.
///
/// @param commitMin shortest time from writing a group to its being durable
/// @param commitMax longest
/// @param readTime time to read what a peer asked for
/// @param partBytesMax most bytes of batches in one part of an answer, unless one batch has more
/// @param answerBytesMax bytes of batches in one whole answer, after which it ends
/// @param torn whether a crash may keep the beginning of the group that is being written, instead
///   of all or nothing of it
public record DiskConfig(
    Duration commitMin,
    Duration commitMax,
    Duration readTime,
    int partBytesMax,
    int answerBytesMax,
    boolean torn) {
  /// A good solid-state disk: a group commit takes 0.2 to 1 ms.
  public static DiskConfig solidState() {
    return new DiskConfig(
        Duration.ofNanos(200_000),
        Duration.ofMillis(1),
        Duration.ofNanos(200_000),
        256 << 10,
        4 << 20,
        false);
  }

  /// @throws IllegalArgumentException if a value makes no sense
  public DiskConfig {
    if (commitMin.isNegative() || commitMin.compareTo(commitMax) > 0) {
      throw new IllegalArgumentException("a commit takes " + commitMin + " to " + commitMax);
    }
    if (partBytesMax < 1 || answerBytesMax < partBytesMax) {
      throw new IllegalArgumentException("an answer has at least one part");
    }
  }

  /// The same disk, but a crash may tear the group that is being written.
  public DiskConfig tearing(boolean on) {
    return new DiskConfig(commitMin, commitMax, readTime, partBytesMax, answerBytesMax, on);
  }
}
