package io.pychain.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LotsTest {
  private static final int SIZE = 1_000;

  private final Lots lots = new Lots(Ring.complete(SIZE));
  private final Instant now = Cast.NOON;

  @Test
  void eachDrawsAboutAsManyAsItShouldAndNobodyItself() {
    long pairs = 0;
    int fewest = Integer.MAX_VALUE;
    for (Guid self : lots.ring().members()) {
      List<Guid> drawn = lots.drawnBy(self, now);
      pairs += drawn.size();
      fewest = Math.min(fewest, drawn.size());
      assertThat(drawn).isSorted().doesNotHaveDuplicates().doesNotContain(self);
    }

    assertThat((double) pairs / SIZE).isBetween(0.95 * Lots.DRAWN, 1.05 * Lots.DRAWN);
    assertThat(fewest).isPositive();
  }

  @Test
  void whoIsDrawnCanTellAndSoCanWhoIsNot() {
    Guid self = Guid.of(7);
    List<Guid> drawn = lots.drawnBy(self, now);
    long accepted =
        lots.ring().members().stream().filter(guid -> lots.mayBeDrawn(self, guid, now)).count();

    assertThat(drawn).allMatch(guid -> lots.mayBeDrawn(self, guid, now));
    assertThat(accepted).as("with what clocks and views may differ by").isLessThan(40);
  }

  @Test
  void clocksThatAreAMinuteApartAgree() {
    for (Guid self : lots.ring().members()) {
      for (Guid guid : lots.drawnBy(self, now)) {
        assertThat(lots.mayBeDrawn(self, guid, now.plus(Lots.SKEW))).isTrue();
        assertThat(lots.mayBeDrawn(self, guid, now.minus(Lots.SKEW))).isTrue();
      }
    }
  }

  @Test
  void viewsThatDifferByAFifthAgree() {
    Lots fewer = new Lots(Ring.complete(SIZE * 4 / 5));
    Lots more = new Lots(Ring.complete(SIZE * 10));

    for (Guid self : fewer.ring().members()) {
      assertThat(fewer.drawnBy(self, now)).allMatch(guid -> lots.mayBeDrawn(self, guid, now));
      assertThat(more.drawnBy(self, now).stream().filter(lots.ring()::contains))
          .allMatch(guid -> lots.mayBeDrawn(self, guid, now));
    }
  }

  @Test
  void fewOfThePairsChangeAtATimeAndAllInAPeriod() {
    int kept = 0;
    int left = 0;
    for (int value = 0; value < 100; value++) {
      Guid self = Guid.of(value);
      List<Guid> before = lots.drawnBy(self, now);
      List<Guid> after = lots.drawnBy(self, Lots.nextTurn(now));
      left += (int) before.stream().filter(guid -> !after.contains(guid)).count();
      List<Guid> later = lots.drawnBy(self, now.plus(Lots.PERIOD));
      kept += (int) before.stream().filter(later::contains).count();
    }

    assertThat(left / 100.0).as("of %d", Lots.DRAWN).isBetween(0.2, 1.2);
    assertThat(kept).as("of %d", 100 * Lots.DRAWN).isLessThan(40);
  }

  @Test
  void nothingChangesBetweenTurns() {
    Instant turn = Lots.nextTurn(now);

    assertThat(turn).isAfter(now).isBeforeOrEqualTo(now.plus(Lots.TURN));
    assertThat(lots.drawnBy(Guid.of(3), turn))
        .isEqualTo(lots.drawnBy(Guid.of(3), Lots.nextTurn(turn).minusMillis(1)));
  }

  @Test
  void fewDrawNobody() {
    Lots few = new Lots(Ring.complete(Lots.FEW));
    Lots fewer = new Lots(Ring.complete(Lots.FEW * 3 / 4));

    for (Guid self : few.ring().members()) {
      assertThat(few.drawnBy(self, now)).isEmpty();
      assertThat(fewer.ring().members()).noneMatch(guid -> fewer.mayBeDrawn(self, guid, now));
    }
    assertThat(new Lots(Ring.complete(Lots.FEW + 1)).drawnBy(Guid.of(1), now)).isNotEmpty();
  }

  @Test
  void whoeverIsPickedForStandingRoundAVictimIsNotWhomItDraws() {
    List<Integer> honest = new ArrayList<>();
    for (int period = 0; period < 500; period++) {
      Instant then = now.plus(Lots.PERIOD.multipliedBy(period));
      Guid victim = Guid.of(period);
      honest.add(
          (int)
              lots.ring().members().stream()
                  .filter(guid -> Math.floorMod(guid.value() - victim.value(), 10) >= 3)
                  .filter(guid ->
                      lots.drawnBy(victim, then).contains(guid)
                          || lots.mayBeDrawn(guid, victim, then))
                  .count());
    }

    assertThat(honest).allMatch(count -> count >= 3);
  }
}
