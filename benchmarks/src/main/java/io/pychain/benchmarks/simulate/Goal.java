package io.pychain.benchmarks.simulate;

/// A figure of a report and the bound that it is meant to keep.
///
/// @param figure its field in the report
/// @param atLeast whether the bound is the least that it may be, or else the most
/// @param bound which
record Goal(String figure, boolean atLeast, double bound) {
  static Goal atLeast(String figure, double bound) {
    return new Goal(figure, true, bound);
  }

  static Goal atMost(String figure, double bound) {
    return new Goal(figure, false, bound);
  }

  boolean isReachedBy(double seen) {
    return atLeast ? seen >= bound : seen <= bound;
  }

  @Override
  public String toString() {
    return (atLeast ? ">= " : "<= ") + bound;
  }
}
