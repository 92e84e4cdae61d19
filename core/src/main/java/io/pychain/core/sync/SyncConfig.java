package io.pychain.core.sync;

import java.time.Duration;

/// Delays of network sync.
///
/// @param interval between full comparisons with peers. Default 60 s
/// @param jitter at most so much is added to it, drawn anew each time. Default 30 s
/// @param headsInterval how often a node with news tells its sync partners what it holds, which
///   bounds how long a hole left by broadcast lasts. Default 250 ms
/// @param grace how long a node waits for a batch that it hears of to come by broadcast before it
///   fetches it. Below `headsInterval`; default 100 ms
/// @param timeout after which a question is asked of another peer. Default 2 s
public record SyncConfig(
    Duration interval, Duration jitter, Duration headsInterval, Duration grace, Duration timeout) {
  /// The defaults.
  public static final SyncConfig DEFAULT =
      new SyncConfig(
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMillis(250),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));

  /// The same with what an operator chooses.
  public SyncConfig with(Duration between, Duration atMostLater) {
    return new SyncConfig(between, atMostLater, headsInterval, grace, timeout);
  }
}
