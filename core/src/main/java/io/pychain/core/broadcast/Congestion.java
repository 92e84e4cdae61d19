package io.pychain.core.broadcast;

import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which peers take what they are handed more slowly than it comes, by what they have yet to
/// acknowledge. That covers everything on the way: this node's outbox, the network, and the peer's
/// own inbox and protocol.
///
/// ```
///             HIGH reached            for PATIENCE
///   KEEPS UP ──────────────► FULL ──────────────────► SLOW
///      ▲      below LOW        │       below LOW        │
///      └───────────────────────┴────────────────────────┘
///
///   FULL   own publishing waits for it, and so goes at the pace of the slowest that keeps up
///   SLOW   nobody waits for it: what is broadcast goes past it, and network sync brings it as much
///          as it takes
/// ```
///
/// So a link that carries [#LOW_BYTES] in [#PATIENCE] sets the pace of those who publish, and a
/// slower one is left behind.
final class Congestion {
  /// Unacknowledged bytes at which a peer is full: enough to keep a link of 10 MB/s and 100 ms
  /// busy.
  static final long HIGH_BYTES = 1 << 20;

  /// Unacknowledged bytes below which it is no longer.
  static final long LOW_BYTES = HIGH_BYTES / 2;

  /// The same in handoffs; half of what is remembered of them.
  static final int HIGH_HANDOFFS = InFlight.HANDOFFS_MAX / 2;

  /// See [#HIGH_HANDOFFS].
  static final int LOW_HANDOFFS = HIGH_HANDOFFS / 2;

  /// How long publishing waits for a peer that is full.
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final TreeMap<Guid, Instant> fullSince = new TreeMap<>();
  private final TreeSet<Guid> slow = new TreeSet<>();

  /// What a peer has yet to acknowledge has changed.
  ///
  /// @return whether a peer that was slow keeps up again
  boolean update(Instant now, Guid peer, InFlight flight) {
    if (flight.bytes() >= HIGH_BYTES || flight.size() >= HIGH_HANDOFFS) {
      if (!slow.contains(peer)) {
        fullSince.putIfAbsent(peer, now);
      }
    } else if (flight.bytes() < LOW_BYTES && flight.size() < LOW_HANDOFFS) {
      return forget(peer);
    }
    return false;
  }

  /// The link to a peer is gone, or it has nothing to acknowledge any more.
  ///
  /// @return whether it was slow
  boolean forget(Guid peer) {
    fullSince.remove(peer);
    return slow.remove(peer);
  }

  /// Those that have been full for too long are slow from now on.
  void fallenSlow(Instant now) {
    if (fullSince.isEmpty()) {
      return;
    }
    fullSince
        .entrySet()
        .removeIf(full -> {
          boolean late = !full.getValue().plus(PATIENCE).isAfter(now);
          return late && slow.add(full.getKey());
        });
  }

  boolean isSlow(Guid peer) {
    return slow.contains(peer);
  }

  /// Whether all peers keep up, but for those that are slow.
  boolean isOpen() {
    return fullSince.isEmpty();
  }

  /// When [#fallenSlow] will find somebody, unless it keeps up again before.
  Instant deadline() {
    if (fullSince.isEmpty()) {
      return Instant.MAX;
    }
    Instant first = Instant.MAX;
    for (Instant since : fullSince.values()) {
      first = since.isBefore(first) ? since : first;
    }
    return first.plus(PATIENCE);
  }
}
