package io.pychain.core.limit;

import java.time.Duration;
import java.time.Instant;

/// A token bucket as one number: until when what was taken so far is paid for.
///
/// ```
///                now            now + burst
///   ──────────────┼──────────────────┼──────►
///         paid ───────────► what is taken moves it to the right, time leaves it behind
/// ```
///
/// Something is taken as long as `paid` is not beyond `now + burst`, whatever it costs: so
/// something dearer than the whole burst gets through as well, and is paid for afterwards.
final class Allowance {
  private Instant paid = Instant.MIN;

  /// Whether anything may be taken.
  boolean isOpen(Instant now, Duration burst) {
    return !paid.isAfter(now.plus(burst));
  }

  /// Takes something, be it allowed or not.
  void take(Instant now, long nanos) {
    paid = (paid.isBefore(now) ? now : paid).plusNanos(nanos);
  }

  /// It is as if nothing had ever been taken.
  void clear() {
    paid = Instant.MIN;
  }

  /// How much is taken beyond what time has paid for.
  Duration owed(Instant now) {
    return paid.isBefore(now) ? Duration.ZERO : Duration.between(now, paid);
  }

  /// Whether it is as if nothing had ever been taken.
  boolean isFull(Instant now) {
    return !paid.isAfter(now);
  }
}
