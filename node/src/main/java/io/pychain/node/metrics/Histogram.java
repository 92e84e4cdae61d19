package io.pychain.node.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// How often something took how long, in fixed buckets from 100 µs to 60 s.
///
/// The bounds follow 1, 2.5, 5, as is usual with Prometheus: wide enough for a commit on a fast
/// disk and for a message that was away for a minute.
final class Histogram {
  /// Upper bounds of the buckets, in nanoseconds, rising; one more bucket takes the rest.
  private static final long[] BOUNDS_NANOS = {
    100_000L,
    250_000L,
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L,
    30_000_000_000L,
    60_000_000_000L
  };

  private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];
  private final LongAdder sumNanos = new LongAdder();

  Histogram() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /// Counts one; a negative duration counts as zero.
  void record(Duration took) {
    long nanos = Math.max(0, nanos(took));
    buckets[bucketOf(nanos)].increment();
    sumNanos.add(nanos);
  }

  /// Saturates instead of overflowing: a stranger's clock may be centuries away.
  private static long nanos(Duration took) {
    return took.toSeconds() > Integer.MAX_VALUE
        ? Integer.MAX_VALUE * 1_000_000_000L
        : took.toNanos();
  }

  private static int bucketOf(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /// How many buckets have an upper bound.
  static int bounds() {
    return BOUNDS_NANOS.length;
  }

  /// Upper bound of a bucket, in seconds.
  static double boundSeconds(int bucket) {
    return BOUNDS_NANOS[bucket] / 1e9;
  }

  /// How many fell into a bucket; index [#bounds()] is the one without a bound.
  long count(int bucket) {
    return buckets[bucket].sum();
  }

  /// All durations together, in seconds.
  double sumSeconds() {
    return sumNanos.sum() / 1e9;
  }
}
