package io.pychain.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class PlotTest {
  @Test
  void asManyAreCorruptedAsMayBeAndNeverTheBootNode() {
    BitSet liars = new Plot(200, 60).liars();

    assertThat(liars.cardinality()).isEqualTo(60);
    assertThat(liars.get(0)).isFalse();
    assertThat(liars.length()).isLessThanOrEqualTo(200);
  }

  @Test
  void whoMayCorruptNobodyCorruptsNobody() {
    assertThat(new Plot(200, 0).liars().isEmpty()).isTrue();
  }
}
