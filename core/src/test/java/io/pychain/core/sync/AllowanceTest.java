package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final Guid GREEDY = Guid.of(1);
  private static final Guid OTHER = Guid.of(2);

  private final Allowance allowance = new Allowance();
  private Instant now = Cast.NOON;

  @Test
  void peerThatAsksWithoutEndIsAnsweredToABoundAndThenWithTime() {
    allowance.spend(now, GREEDY, Allowance.ROWS_MAX);
    assertThat(allowance.permits(now, GREEDY)).isFalse();

    now = now.plusSeconds(1);
    assertThat(allowance.permits(now, GREEDY)).isTrue();

    allowance.spend(now, GREEDY, Allowance.ROWS_PER_SECOND);
    assertThat(allowance.permits(now, GREEDY)).isFalse();
  }

  @Test
  void othersAreAnsweredAllTheSame() {
    allowance.spend(now, GREEDY, Allowance.ROWS_MAX);

    assertThat(allowance.permits(now, OTHER)).isTrue();
  }

  @Test
  void silenceSavesUpNoMoreThanTheBound() {
    allowance.spend(now, GREEDY, 1);
    now = now.plusSeconds(1_000_000_000);

    allowance.spend(now, GREEDY, Allowance.ROWS_MAX);

    assertThat(allowance.permits(now, GREEDY)).isFalse();
  }

  @Test
  void questionsInQuickSuccessionAddUpToTheSameAsSlowOnes() {
    allowance.spend(now, GREEDY, Allowance.ROWS_MAX);
    for (int i = 0; i < 10_000; i++) {
      now = now.plusNanos(100_000);
      allowance.permits(now, GREEDY);
    }

    allowance.spend(now, GREEDY, Allowance.ROWS_PER_SECOND - 100);
    assertThat(allowance.permits(now, GREEDY)).isTrue();
  }
}
