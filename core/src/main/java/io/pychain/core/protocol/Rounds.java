package io.pychain.core.protocol;

import io.pychain.core.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Full syncs that somebody has asked for and waits for.
final class Rounds {
  /// Longest wait; what is still missing then comes later.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private record Round(long ticket, int peers, long batches, long records, Instant deadline) {}

  private final Sync sync;
  private final Counters counters;
  private final Outlet out;
  private final List<Round> rounds = new ArrayList<>();

  Rounds(Sync sync, Counters counters, Outlet out) {
    this.sync = sync;
    this.counters = counters;
    this.out = out;
  }

  void begin(Instant now, long ticket, int peers) {
    sync.compareAll(now, out::send);
    Instant deadline = now.plus(PATIENCE);
    rounds.add(new Round(ticket, peers, counters.batchesFetched, counters.recordsTaken, deadline));
  }

  /// Answers those that have ended.
  void settle(Instant now) {
    if (!rounds.isEmpty()) {
      boolean done = !sync.isBusy();
      rounds.removeIf(round -> (done || !round.deadline().isAfter(now)) && answer(round));
    }
  }

  private boolean answer(Round round) {
    long batches = counters.batchesFetched - round.batches();
    long records = counters.recordsTaken - round.records();
    return out.effects()
        .answers()
        .add(new Answer.Synced(round.ticket(), round.peers(), batches, records));
  }

  /// Whether nobody waits.
  boolean isSettled() {
    return rounds.isEmpty();
  }

  Instant deadline() {
    return rounds.isEmpty() ? Instant.MAX : rounds.getFirst().deadline();
  }
}
