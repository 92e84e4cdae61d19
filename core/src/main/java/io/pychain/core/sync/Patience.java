package io.pychain.core.sync;

import java.time.Duration;

/// How long something heard of may still come by broadcast before it is fetched.
///
/// An overloaded network brings batches late, and what is fetched then comes twice and makes the
/// load worse. So each batch that came twice lengthens the wait by a quarter, and each that came
/// once shortens it by a thirty-second: where one in eight or more come twice, it grows. What is
/// sent again because it was lost, here and there, is no reason to wait. It stays within five times
/// the shortest, so that a hole never lasts much longer than a second.
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
    Duration more = grace.plus(grace.dividedBy(4));
    grace = more.compareTo(longest) < 0 ? more : longest;
  }

  /// A batch came that had not come before.
  void longEnough() {
    if (grace.equals(shortest)) {
      return;
    }
    Duration less = grace.minus(grace.dividedBy(32));
    grace = less.compareTo(shortest) > 0 ? less : shortest;
  }
}
