package io.pychain.core.failure;

import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// When a node has to make a newer record of itself: from time to time, so that it is not
/// forgotten, and when it is accused of being dead, which a newer record refutes.
///
/// A lone false accuser is not answered: it costs nothing but its own message. Half a quorum is, in
/// case the rest is still under way; a whole quorum is without delay, as often as it takes.
final class Refutation {
  /// Shortest time between two answers to a quorum.
  static final Duration URGENT = Duration.ofSeconds(1);

  /// Shortest time between two answers to less than a quorum, so that few liars cannot make a node
  /// talk of itself all day.
  static final Duration CALM = Duration.ofSeconds(60);

  /// Renewals within the time after which a record is forgotten: two may get lost.
  static final int PER_TIMEOUT = 3;

  private final Guid self;
  private final Verdicts verdicts;
  private final Duration interval;
  private final RandomGenerator random;
  private Instant renewAt = Instant.MAX;
  private Instant calmAt = Instant.EPOCH;
  private Instant urgentAt = Instant.EPOCH;

  Refutation(Guid self, Verdicts verdicts, FailureConfig config, RandomGenerator random) {
    this.self = self;
    this.verdicts = verdicts;
    this.interval = config.guidTimeout().dividedBy(PER_TIMEOUT);
    this.random = random;
  }

  /// Whether it is time for one.
  boolean isDue(Instant now) {
    if (renewAt.equals(Instant.MAX)) {
      renewAt = next(now);
    }
    if (renewAt.isAfter(now) && !mustAnswer(now)) {
      return false;
    }
    renewAt = next(now);
    urgentAt = now.plus(URGENT);
    calmAt = now.plus(CALM);
    return true;
  }

  /// Drawn from the upper quarter, so that a network that was started at once does not renew at
  /// once.
  private Instant next(Instant now) {
    long longest = Math.max(4, interval.toMillis());
    return now.plusMillis(longest - random.nextLong(longest / 4));
  }

  private boolean mustAnswer(Instant now) {
    int accusers = verdicts.accusers(self);
    if (accusers == 0 || urgentAt.isAfter(now)) {
      return false;
    }
    boolean condemned = verdicts.isCondemned(self);
    int quorum = verdicts.quorum();
    boolean soon = 2 * verdicts.entitledAccusers(self) >= quorum || accusers >= quorum;
    return condemned || (soon && !calmAt.isAfter(now));
  }

  /// When to ask again.
  Instant deadline() {
    boolean accused = verdicts.isCondemned(self);
    return accused && urgentAt.isBefore(renewAt) ? urgentAt : renewAt;
  }
}
