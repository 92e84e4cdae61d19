package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Tells acquaintances the news.
///
/// A member may be surrounded by liars who hand it nothing on, and tell it nothing. Those that it
/// has drawn by lot are others, most of them honest, and what they tell it in time is all that it
/// hears. Nobody knows who is surrounded, so each tells all its acquaintances, as long as that is
/// little: under load they take turns, and under heavy load are told like anybody else. Of each
/// pair one speaks first most of the time, and need not be told back.
final class Grapevine {
  /// Rows told at a time, over all acquaintances together.
  static final int ROWS_MAX = 128;

  private final Teller teller;
  private final Duration interval;
  private final RandomGenerator random;
  private List<Guid> acquaintances = List.of();
  private long told;
  private int turn;
  private Instant tellAt = Instant.MAX;

  /// @param interval shortest time from the first of the news until it is told; three times as long
  ///   at most
  Grapevine(Teller teller, Duration interval, RandomGenerator random) {
    this.teller = teller;
    this.interval = interval;
    this.random = random;
    this.told = teller.last();
  }

  /// Those with a link are others than before.
  void acquaintedWith(List<Guid> peers) {
    acquaintances = List.copyOf(peers);
  }

  /// There is something new to tell.
  void changed(Instant now) {
    if (tellAt.equals(Instant.MAX) && !acquaintances.isEmpty()) {
      tellAt = now.plus(interval).plusNanos(random.nextLong(2 * interval.toNanos()));
    }
  }

  /// Tells what is due.
  ///
  /// @param assumed what each peer can be taken to know
  void onTime(Instant now, Map<Guid, Assumed> assumed, Post post) {
    if (tellAt.isAfter(now)) {
      return;
    }
    tellAt = Instant.MAX;
    int share = share();
    told = teller.last();
    turn++;
    for (int i = 0; i < acquaintances.size(); i++) {
      Guid peer = acquaintances.get(Math.floorMod(i + turn * share, acquaintances.size()));
      Assumed known = assumed.get(peer);
      if (known != null) {
        Optional<Frame> news = i < share ? teller.news(peer, known) : Optional.empty();
        news.ifPresent(frame -> post.send(peer, frame));
        teller.passOver(peer);
      }
    }
  }

  /// How many can be told.
  private int share() {
    long rows = Math.max(1, teller.last() - told);
    return (int) Math.min(acquaintances.size(), ROWS_MAX / rows);
  }

  Instant deadline() {
    return tellAt;
  }
}
