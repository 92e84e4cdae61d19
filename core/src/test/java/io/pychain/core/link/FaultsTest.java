package io.pychain.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final Guid LIAR = Guid.of(50);

  private final Links links = new Links(Guid.of(0), LinkConfig.DEFAULT);
  private final Faults faults = new Faults(links);
  private Instant now = Cast.NOON;

  @BeforeEach
  void linkToAsManyAsTheFloor() {
    for (int peer = 1; peer <= Faults.FLOOR; peer++) {
      links.raise(now, new LinkId(peer), Guid.of(peer), true);
    }
  }

  @Test
  void whoHasDoneNothingIsNotKeptAwayFrom() {
    faults.committed(now, LIAR, Fault.RECORD);

    assertThat(faults.away(now, Guid.of(51))).isEmpty();
  }

  @Test
  void awayTimeDoublesUpToABound() {
    for (int seconds : new int[] {30, 60, 120, 240, 480, 600, 600}) {
      faults.committed(now, LIAR, Fault.SIGNATURE);

      assertThat(faults.away(now, LIAR))
          .contains(new Faults.Away(Fault.SIGNATURE, now.plusSeconds(seconds)));
      now = now.plusSeconds(seconds);
      assertThat(faults.away(now, LIAR)).as("after %d s", seconds).isEmpty();
    }
  }

  @Test
  void anHourWithoutAnotherFaultIsForgiven() {
    faults.committed(now, LIAR, Fault.SIGNATURE);
    faults.committed(now, LIAR, Fault.SIGNATURE);

    now = now.plus(Faults.FORGIVEN);
    faults.committed(now, LIAR, Fault.MALFORMED);

    assertThat(faults.away(now, LIAR).orElseThrow().until()).isEqualTo(now.plus(Faults.FIRST));
  }

  @Test
  void nodeWithFewerLinksThanTheFloorKeepsAwayFromNobody() {
    faults.committed(now, LIAR, Fault.SIGNATURE);

    links.lower(new LinkId(1));

    assertThat(faults.away(now, LIAR)).isEmpty();
  }

  @Test
  void noMoreThanSoManyAreRemembered() {
    for (int member = 100; member < 100 + Faults.MEMBERS_MAX; member++) {
      faults.committed(now, Guid.of(member), Fault.SIGNATURE);
      now = now.plusMillis(1);
    }

    faults.committed(now, LIAR, Fault.SIGNATURE);

    assertThat(faults.away(now, LIAR)).isPresent();
    assertThat(faults.away(now, Guid.of(100))).as("the first of all").isEmpty();
    assertThat(faults.away(now, Guid.of(101))).isPresent();
  }

  @Test
  void everyFaultIsCounted() {
    faults.committed(now, LIAR, Fault.RECORD);
    now = now.plus(Duration.ofDays(1));
    faults.committed(now, Guid.of(51), Fault.RECORD);

    assertThat(faults.counts())
        .containsEntry(Fault.RECORD, 2L)
        .containsEntry(Fault.FORK, 0L)
        .hasSize(Fault.values().length);
  }
}
