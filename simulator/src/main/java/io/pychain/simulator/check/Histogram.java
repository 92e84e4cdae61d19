package io.pychain.simulator.check;

/// How often each duration occurred, to within 1 %: 64 steps for each doubling.
///
/// Takes the same memory for a hundred values as for a billion.
public final class Histogram {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;

  private final long[] counts = new long[(Long.SIZE - STEP_BITS + 1) << STEP_BITS];
  private long total;

  /// Adds a value, in nanoseconds, from 0.
  public void add(long nanos) {
    counts[indexOf(nanos)]++;
    total++;
  }

  /// How many values there are.
  public long total() {
    return total;
  }

  /// The value below or at which the given share of all values lies, in nanoseconds.
  ///
  /// @param share 0 to 1
  /// @throws IllegalStateException if there are no values
  public long percentile(double share) {
    if (total == 0) {
      throw new IllegalStateException("no values");
    }
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return middleOf(i);
      }
    }
    throw new IllegalStateException("fewer values than counted");
  }

  /// Values below 64 have an index each; above, the top 7 bits tell.
  private static int indexOf(long value) {
    int shift = Math.max(0, Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(value));
    return (shift << STEP_BITS) + (int) (value >>> shift);
  }

  private static long middleOf(int index) {
    int shift = Math.max(0, (index >>> STEP_BITS) - 1);
    long first = (long) (index - (shift << STEP_BITS)) << shift;
    return first + (1L << shift) / 2;
  }

  /// Steps for each doubling, for those who want to know how exact it is.
  static int steps() {
    return STEPS;
  }
}
