package io.pychain.core;

import java.time.Instant;

/// What all rooms that wait for something have in common: each names the moment at which it has
/// something to do, [Instant#MAX] if there is none, and the earliest counts.
public final class Deadlines {
  private Deadlines() {}

  /// The earlier of two.
  public static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
