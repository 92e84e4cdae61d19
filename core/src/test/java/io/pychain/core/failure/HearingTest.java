package io.pychain.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HearingTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Hearing hearing = new Hearing();
  private Instant now = Cast.NOON;

  @Test
  void trustsItsEarsAtFirst() {
    assertThat(hearing.stretch(now, PATIENCE)).isEqualTo(PATIENCE);
  }

  @Test
  void waitsLongerAfterEachFalseAlarmWithinBounds() {
    hearing.falseAlarm(now);
    assertThat(hearing.stretch(now, PATIENCE)).isEqualTo(PATIENCE.multipliedBy(2));

    for (int i = 0; i < 99; i++) {
      hearing.falseAlarm(now);
    }

    Duration longest = PATIENCE.multipliedBy(1 + Hearing.LEVEL_MAX);
    assertThat(hearing.stretch(now, PATIENCE)).isEqualTo(longest);
  }

  @Test
  void trustsItsEarsAgainStepByStep() {
    hearing.falseAlarm(now);
    hearing.falseAlarm(now);

    now = now.plus(Hearing.RECOVERY);
    assertThat(hearing.stretch(now, PATIENCE)).isEqualTo(PATIENCE.multipliedBy(2));
    now = now.plus(Hearing.RECOVERY);
    assertThat(hearing.stretch(now, PATIENCE)).isEqualTo(PATIENCE);
    now = now.plusSeconds(3_600);
    assertThat(hearing.stretch(now, PATIENCE)).isEqualTo(PATIENCE);
  }
}
