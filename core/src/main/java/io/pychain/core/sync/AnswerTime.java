package io.pychain.core.sync;

import java.time.Duration;

/// How long an answer is waited for: some times as long as answers took of late, and twice as long
/// after each that did not come, within bounds. So where a question was lost, another peer is asked
/// soon, and where everybody is slow, nobody is asked twice.
final class AnswerTime {
  /// Shortest wait; longer than any round trip on this planet.
  static final Duration SHORTEST = Duration.ofMillis(400);

  /// Waits, in answers of the usual time.
  static final int PATIENCE = 4;

  private static final int DOUBLINGS_MAX = 5;
  private static final int WEIGHT = 8;

  private final Duration longest;
  private Duration usual;
  private int doublings;

  /// @param longest wait
  AnswerTime(Duration longest) {
    this.longest = longest;
    this.usual = SHORTEST.dividedBy(PATIENCE);
  }

  /// How long the next answer is waited for.
  Duration patience() {
    Duration wait = usual.multipliedBy((long) PATIENCE << Math.min(doublings, DOUBLINGS_MAX));
    wait = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  /// An answer has begun to come.
  void answered(Duration took) {
    Duration bounded = took.compareTo(longest) < 0 ? took : longest;
    usual = usual.plus(bounded.minus(usual).dividedBy(WEIGHT));
    doublings = 0;
  }

  /// No answer has come in time.
  void missed() {
    doublings = Math.min(doublings + 1, DOUBLINGS_MAX);
  }
}
