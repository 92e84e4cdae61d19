package io.pychain.core.sync;

import java.time.Duration;

/// Delays of network sync.
///
/// @param interval between comparisons with every peer
/// @param jitter at most so much is added, drawn anew each time
/// @param headsInterval how often a node with news tells its partners
/// @param grace how long something heard of may still come by broadcast before it is fetched
/// @param timeout after which a question is asked of another peer
public record SyncConfig(
    Duration interval, Duration jitter, Duration headsInterval, Duration grace, Duration timeout) {}
