package io.pychain.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapShareTest {
  private static final int MIB = 1 << 20;

  @Test
  void largeHeapGivesAQueueAllThatItMayHave() {
    assertThat(new HeapShare(4L << 30).of(64 * MIB, MIB)).isEqualTo(64 * MIB);
  }

  @Test
  void smallHeapGivesAQueueASixteenth() {
    assertThat(new HeapShare(96 * MIB).of(64 * MIB, MIB)).isEqualTo(6 * MIB);
  }

  @Test
  void queueHasWhatItNeedsToWorkAtAll() {
    assertThat(new HeapShare(16 * MIB).of(64 * MIB, 2 * MIB)).isEqualTo(2 * MIB);
  }
}
