package io.pychain.core.failure;

import java.time.Duration;
import java.time.Instant;

/// How well this node hears, told by how often it took somebody for silent who was not (Lifeguard).
///
/// A machine with too much to do answers late, and the node on it reads answers late. If it dialled
/// whoever seems silent at once, it and its peers would have more to do yet, and seem more silent.
/// So each false alarm makes it wait longer for the next answer, up to [#LEVEL_MAX] + 1 times, and
/// a while without one makes it trust its ears again.
final class Hearing {
  static final int LEVEL_MAX = 8;

  /// How long without a false alarm lowers the level by one.
  static final Duration RECOVERY = Duration.ofSeconds(3);

  private int level;
  private Instant since = Instant.EPOCH;

  /// Somebody who seemed silent was heard again.
  void falseAlarm(Instant now) {
    level = Math.min(LEVEL_MAX, level(now) + 1);
    since = now;
  }

  /// How long to wait at this moment.
  ///
  /// @param patience of a node that hears well
  Duration stretch(Instant now, Duration patience) {
    return patience.multipliedBy(1L + level(now));
  }

  private int level(Instant now) {
    long recovered = Duration.between(since, now).dividedBy(RECOVERY);
    return (int) Math.max(0, level - recovered);
  }
}
