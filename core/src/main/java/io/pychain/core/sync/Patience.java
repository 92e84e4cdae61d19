package io.pychain.core.sync;

import java.time.Duration;

/// How long something heard of may still come by broadcast before it is fetched.
///
/// An overloaded network brings batches late, and what is fetched then comes twice and makes the
/// load worse. So each batch that came twice doubles the wait, and each that was fetched and had
/// not come shortens it by a sixteenth; it stays within five times the shortest, so that a hole
/// never lasts much longer than a second.
final class Patience {
  /// Longest wait, in shortest ones.
  static final int STRETCH_MAX = 5;

  private final Duration shortest;
  private final Duration longest;
  private Duration grace;

  Patience(Duration shortest) {
    this.shortest = shortest;
    this.longest = shortest.multipliedBy(STRETCH_MAX);
    this.grace = shortest;
  }

  Duration grace() {
    return grace;
  }

  /// A batch came twice.
  void tooShort() {
    Duration doubled = grace.multipliedBy(2);
    grace = doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /// A batch was fetched that had not come.
  void longEnough() {
    Duration less = grace.minus(grace.dividedBy(16));
    grace = less.compareTo(shortest) > 0 ? less : shortest;
  }
}
