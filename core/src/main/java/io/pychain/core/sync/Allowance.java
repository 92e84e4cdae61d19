package io.pychain.core.sync;

import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/// How much each peer may still be answered. A short question can have an answer a thousand times
/// as long, so a peer that asks without end must not make this node talk without end.
///
/// Counted in rows of some bytes each. What an honest peer needs, to compare everything with a
/// network of 10,000 members, is at hand at once; after that it comes back with time.
final class Allowance {
  /// Rows that may be sent at once.
  static final long ROWS_MAX = 131_072;

  /// Rows that come back each second, a whole number each millisecond.
  static final long ROWS_PER_SECOND = 16_000;

  private static final class Account {
    private long rows = ROWS_MAX;
    private Instant counted;

    Account(Instant counted) {
      this.counted = counted;
    }
  }

  private final TreeMap<Guid, Account> accounts = new TreeMap<>();

  /// Whether a peer may be answered at all.
  boolean permits(Instant now, Guid peer) {
    return account(now, peer).rows > 0;
  }

  /// A peer is being sent so many rows. May exceed what is left, by one answer.
  void spend(Instant now, Guid peer, long rows) {
    account(now, peer).rows -= rows;
  }

  private Account account(Instant now, Guid peer) {
    Account account = accounts.computeIfAbsent(peer, _ -> new Account(now));
    long millis = Math.min(Duration.between(account.counted, now).toMillis(), 3_600_000);
    long back = millis * ROWS_PER_SECOND / 1_000;
    if (back > 0) {
      account.rows = Math.min(ROWS_MAX, account.rows + back);
      account.counted = now;
    }
    return account;
  }

  void forget(Guid peer) {
    accounts.remove(peer);
  }
}
