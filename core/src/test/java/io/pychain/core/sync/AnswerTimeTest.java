package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerTimeTest {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final AnswerTime time = new AnswerTime(LONGEST);

  @Test
  void waitFollowsHowLongAnswersTake() {
    assertThat(time.patience()).isEqualTo(AnswerTime.FIRST);

    answers(100, Duration.ofMillis(120));
    assertThat(time.patience()).isBetween(Duration.ofMillis(470), Duration.ofMillis(480));

    answers(100, Duration.ofMillis(1));
    assertThat(time.patience()).isEqualTo(AnswerTime.SHORTEST);
  }

  @Test
  void twoLostAnswersAreNoReasonToWaitLongerAndMoreAre() {
    time.missed();
    time.missed();
    assertThat(time.patience()).isEqualTo(AnswerTime.FIRST);

    time.missed();
    assertThat(time.patience()).isEqualTo(AnswerTime.FIRST.multipliedBy(2));

    for (int i = 0; i < 100; i++) {
      time.missed();
    }
    assertThat(time.patience()).isEqualTo(LONGEST);

    time.answered(Duration.ofMillis(100));
    assertThat(time.patience()).isEqualTo(AnswerTime.FIRST);
  }

  private void answers(int count, Duration took) {
    for (int i = 0; i < count; i++) {
      time.answered(took);
    }
  }
}
