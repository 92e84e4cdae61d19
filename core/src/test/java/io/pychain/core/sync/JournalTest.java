package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.ring.Guid;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JournalTest {
  @Test
  void tellsWhatChangedSinceEveryCursorThatItReaches() {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      long start = random.nextInt(1_000);
      Journal journal = new Journal(start);
      TreeMap<Long, Guid> history = new TreeMap<>();
      long arrival = start;
      for (int i = 0; i < 300; i++) {
        arrival += 1 + (random.nextInt(10) == 0 ? random.nextInt(50) : 0);
        Guid guid = Guid.of(random.nextInt(40));
        journal.append(arrival, guid, false);
        history.put(arrival, guid);
      }

      for (long after = start; after <= arrival; after += 13) {
        assertThat(journal.reaches(after)).isTrue();
        assertThat(journal.since(after).logs())
            .as("seed %d after %d", seed, after)
            .isEqualTo(new TreeSet<>(history.tailMap(after, false).values()));
      }
    }
  }

  @Test
  void logsAndRecordsAreToldApart() {
    Journal journal = new Journal(0);

    journal.append(1, Guid.of(3), false);
    journal.append(2, Guid.of(4), true);

    assertThat(journal.since(0).logs()).containsExactly(Guid.of(3));
    assertThat(journal.since(0).records()).containsExactly(Guid.of(4));
  }

  @Test
  void reachesBackAsFarAsItsBoundAndNoFurther() {
    Journal journal = new Journal(0);
    long last = 3L * Journal.CHANGES_MAX + 5;
    for (long arrival = 1; arrival <= last; arrival++) {
      journal.append(arrival, Guid.of((int) (arrival % 100)), false);
    }

    long oldest = last - Journal.CHANGES_MAX;
    assertThat(journal.reaches(oldest)).isTrue();
    assertThat(journal.reaches(oldest - 1)).isFalse();
    assertThat(journal.since(oldest).logs()).hasSize(100);
    assertThat(journal.since(last - 1).logs()).containsExactly(Guid.of((int) (last % 100)));
  }

  @Test
  void doesNotReachBeforeItsBeginningNorBeyondItsEnd() {
    Journal journal = new Journal(50);
    journal.append(51, Guid.of(1), false);

    assertThat(journal.reaches(49)).isFalse();
    assertThat(journal.reaches(50)).isTrue();
    assertThat(journal.reaches(51)).isTrue();
    assertThat(journal.reaches(52)).isFalse();
    assertThat(journal.reaches(-1)).isFalse();
  }

  @Test
  void gapWiderThanItselfBeginsItAnew() {
    Journal journal = new Journal(0);
    journal.append(1, Guid.of(1), false);

    long far = 10L * Journal.CHANGES_MAX;
    journal.append(far, Guid.of(2), false);

    assertThat(journal.reaches(1)).isFalse();
    assertThat(journal.reaches(far - 1)).isTrue();
    assertThat(journal.since(far - 1).logs()).containsExactly(Guid.of(2));
    assertThat(journal.last()).isEqualTo(far);
  }

  @Test
  void skippedArrivalsChangeNothing() {
    Journal journal = new Journal(0);
    journal.append(1, Guid.of(1), false);
    journal.skip(9);
    journal.append(10, Guid.of(2), false);

    assertThat(journal.since(1).logs()).containsExactly(Guid.of(2));

    long far = 10L * Journal.CHANGES_MAX;
    journal.skip(far);
    assertThat(journal.last()).isEqualTo(far);
    assertThat(journal.since(far - 1).logs()).isEmpty();
    assertThat(journal.reaches(9)).isFalse();
  }
}
