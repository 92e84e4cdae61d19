package io.pychain.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final EventQueue queue = new EventQueue();
  private final List<Integer> happened = new ArrayList<>();

  private record Entry(long time, int number) {}

  @Test
  void eventsComeInOrderOfTime() {
    queue.add(30, () -> happened.add(3));
    queue.add(10, () -> happened.add(1));
    queue.add(20, () -> happened.add(2));

    takeAll();

    assertThat(happened).containsExactly(1, 2, 3);
  }

  @Test
  void eventsOfOneMomentComeInTheOrderInWhichTheyWereAdded() {
    for (int i = 0; i < 100; i++) {
      int number = i;
      queue.add(7, () -> happened.add(number));
    }

    takeAll();

    assertThat(happened).isSorted().hasSize(100);
  }

  @Test
  void anyMixtureOfAddingAndTakingAgreesWithASortedList() {
    SplittableRandom random = new SplittableRandom(1);
    List<Entry> waiting = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int number = 0; number < 5_000; number++) {
      int mine = number;
      long time = random.nextLong(500);
      queue.add(time, () -> happened.add(mine));
      waiting.add(new Entry(time, number));
      if (random.nextInt(3) == 0) {
        expected.add(takeFirst(waiting));
        queue.take().happen();
      }
    }
    while (!waiting.isEmpty()) {
      expected.add(takeFirst(waiting));
    }

    takeAll();

    assertThat(happened).isEqualTo(expected);
  }

  @Test
  void emptyQueueHasNoNextTimeAndNothingToTake() {
    assertThat(queue.nextTime()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(queue::take).isInstanceOf(IllegalStateException.class);
  }

  private static int takeFirst(List<Entry> waiting) {
    Entry first =
        waiting.stream()
            .min(Comparator.comparingLong(Entry::time).thenComparingInt(Entry::number))
            .orElseThrow();
    waiting.remove(first);
    return first.number();
  }

  private void takeAll() {
    while (queue.size() > 0) {
      queue.take().happen();
    }
  }
}
