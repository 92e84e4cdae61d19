package io.pychain.core.sync;

import java.time.Duration;

/// How long an answer is waited for: some times as long as answers took of late, and twice as long
/// after each three in a row that did not come, within bounds. So where a question was lost, it is
/// asked again soon, and where everybody is slow, few are asked twice.
final class AnswerTime {
  /// Shortest wait, however fast answers are.
  static final Duration SHORTEST = Duration.ofMillis(200);

  /// Wait before any answer has come: longer than most round trips on this planet.
  static final Duration FIRST = Duration.ofMillis(400);

  /// Waits, in answers of the usual time.
  static final int PATIENCE = 4;

  /// Answers in a row that must fail to come before the wait doubles.
  private static final int MISSES_PER_DOUBLING = 3;

  private static final int DOUBLINGS_MAX = 5;
  private static final int WEIGHT = 8;

  private final Duration longest;
  private Duration usual;
  private int misses;

  /// @param longest wait
  AnswerTime(Duration longest) {
    this.longest = longest;
    this.usual = FIRST.dividedBy(PATIENCE);
  }

  /// How long the next answer is waited for.
  Duration patience() {
    Duration wait = usual.multipliedBy((long) PATIENCE << doublings());
    wait = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  private int doublings() {
    return Math.min(misses / MISSES_PER_DOUBLING, DOUBLINGS_MAX);
  }

  /// An answer has begun to come.
  void answered(Duration took) {
    Duration bounded = took.compareTo(longest) < 0 ? took : longest;
    usual = usual.plus(bounded.minus(usual).dividedBy(WEIGHT));
    misses = 0;
  }

  /// No answer has come in time.
  void missed() {
    misses++;
  }
}
