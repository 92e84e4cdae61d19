package io.pychain.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Frame;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TakenTest {
  private final Taken taken = new Taken(false);

  @Test
  void whatComesInOrderLeavesNoGap() {
    for (int i = 1; i <= 100; i++) {
      taken.add(i);
    }

    assertThat(taken.acknowledge()).isEqualTo(new Frame.Ack(100));
  }

  @Test
  void whatHasNoNumberIsTheNext() {
    taken.add(0);
    taken.add(0);
    taken.add(3);

    assertThat(taken.acknowledge()).isEqualTo(new Frame.Ack(3));
  }

  @Test
  void gapsAreNamedByTheirDistanceFromTheHighest() {
    taken.add(1);
    taken.add(3);
    taken.add(5);
    assertThat(taken.acknowledge()).isEqualTo(new Frame.Ack(5, 0b101, false));

    taken.add(4);
    assertThat(taken.acknowledge()).as("late").isEqualTo(new Frame.Ack(5, 0b100, false));
  }

  @Test
  void anyOrderOfAnyNumbersIsRememberedExactlyAsFarAsTheWindowReaches() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Taken some = new Taken(false);
      TreeSet<Long> come = new TreeSet<>();
      long at = 1;
      for (int i = 0; i < 50; i++) {
        at = Math.max(1, at + random.nextInt(-80, 100));
        some.add(at);
        if (come.isEmpty() || at >= come.last() - Long.SIZE) {
          come.add(at);
        }
      }

      Frame.Ack ack = some.acknowledge();

      assertThat(ack.taken()).isEqualTo(come.last());
      for (int bit = 0; bit < Long.SIZE; bit++) {
        long number = ack.taken() - 1 - bit;
        boolean missing = (ack.missing() >>> bit & 1) == 1;
        assertThat(missing)
            .as("seed %d, number %d", seed, number)
            .isEqualTo(number >= 1 && !come.contains(number));
      }
    }
  }

  @Test
  void numbersAtTheEndOfTheirRangeDoNoHarm() {
    taken.add(Long.MAX_VALUE);
    taken.add(0);

    assertThat(taken.acknowledge().taken()).isEqualTo(Long.MAX_VALUE);
  }
}
