package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.ring.Guid;
import org.junit.jupiter.api.Test;

class AssumedTest {
  private final Assumed assumed = new Assumed();

  @Test
  void headIsCoveredByItselfAndByALaterOne() {
    assumed.add(new LogHead(Cast.log(1), 5));
    assumed.add(new LogHead(Cast.log(1), 3));

    assertThat(assumed.covers(new LogHead(Cast.log(1), 4))).isTrue();
    assertThat(assumed.covers(new LogHead(Cast.log(1), 5))).isTrue();
    assertThat(assumed.covers(new LogHead(Cast.log(1), 6))).isFalse();
    assertThat(assumed.covers(new LogHead(Cast.log(2), 1))).isFalse();
  }

  @Test
  void recordIsCoveredByItselfAndByANewerOne() {
    assumed.add(record(1, 7));
    assumed.add(record(1, 6));

    assertThat(assumed.covers(record(1, 7))).isTrue();
    assertThat(assumed.covers(record(1, 8))).isFalse();
    assertThat(assumed.covers(record(2, 1))).as("another epoch").isFalse();
  }

  @Test
  void onlyTheNewestIsRemembered() {
    for (int guid = 0; guid <= Assumed.ROWS_MAX; guid++) {
      assumed.add(new LogHead(Cast.log(guid), 1));
    }

    assertThat(assumed.covers(new LogHead(Cast.log(0), 1))).isFalse();
    assertThat(assumed.covers(new LogHead(Cast.log(Assumed.ROWS_MAX), 1))).isTrue();
  }

  private static RecordHead record(int epoch, long number) {
    return new RecordHead(Guid.of(1), epoch, number);
  }
}
