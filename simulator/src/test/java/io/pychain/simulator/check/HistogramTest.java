package io.pychain.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private final Histogram histogram = new Histogram();

  @Test
  void smallValuesAreExact() {
    for (int value = 0; value < 64; value++) {
      histogram.add(value);
    }

    assertThat(histogram.percentile(0.5)).isEqualTo(31);
    assertThat(histogram.percentile(1)).isEqualTo(63);
  }

  @Test
  void percentilesAreWithinOnePercentOfTheTruth() {
    SplittableRandom random = new SplittableRandom(1);
    long[] values = random.longs(100_000, 0, 10_000_000_000L).toArray();
    Arrays.stream(values).forEach(histogram::add);
    Arrays.sort(values);

    for (double share : new double[] {0.001, 0.01, 0.5, 0.9, 0.99, 0.999}) {
      long exact = values[(int) Math.ceil(share * values.length) - 1];
      assertThat(histogram.percentile(share)).isCloseTo(exact, Percentage.withPercentage(1));
    }
  }

  @Test
  void longestDurationHasItsPlace() {
    histogram.add(Long.MAX_VALUE);

    assertThat(histogram.percentile(0.5)).isCloseTo(Long.MAX_VALUE, Percentage.withPercentage(1));
  }

  @Test
  void thereIsNoPercentileOfNothing() {
    assertThatThrownBy(() -> histogram.percentile(0.5)).isInstanceOf(IllegalStateException.class);
  }
}
