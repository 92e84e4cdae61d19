package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Patience patience = new Patience(SHORTEST);

  @Test
  void growsWithWhatComesTwiceButNotBeyondItsBound() {
    patience.tooShort();
    assertThat(patience.grace()).isEqualTo(SHORTEST.multipliedBy(2));

    for (int i = 0; i < 100; i++) {
      patience.tooShort();
    }
    assertThat(patience.grace()).isEqualTo(SHORTEST.multipliedBy(Patience.STRETCH_MAX));
  }

  @Test
  void shrinksBackWithWhatWasReallyMissing() {
    patience.tooShort();
    patience.tooShort();

    patience.longEnough();
    assertThat(patience.grace()).isEqualTo(Duration.ofMillis(375));

    for (int i = 0; i < 100; i++) {
      patience.longEnough();
    }
    assertThat(patience.grace()).isEqualTo(SHORTEST);
  }
}
