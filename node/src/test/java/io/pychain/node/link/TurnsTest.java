package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.node.link.TransportConfig.Pace;
import io.pychain.node.link.Turns.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Pace PACE = new Pace(10, 4, 6);

  private final Turns turns = new Turns(PACE, 0);
  private long now;

  @Test
  void burstBeginsAtOnceAndTheRestAtItsPace() {
    List<Turn> crowd = crowd("here", 8);

    assertThat(come(crowd)).isEqualTo(4);
    pass(SECOND / 10);
    assertThat(come(crowd)).isEqualTo(5);
    pass(SECOND);
    assertThat(come(crowd)).isEqualTo(8);
  }

  @Test
  void quietTimeIsNotSavedUpBeyondTheBurst() {
    pass(1_000 * SECOND);

    assertThat(come(crowd("here", 6))).isEqualTo(4);
  }

  @Test
  void whoComesFromElsewhereIsNextHoweverManyWait() {
    crowd("flood", 4 + 5);
    Turn other = turns.queue("elsewhere", now);

    pass(2 * SECOND / 10);

    assertThat(other).isCompletedWithValue(true);
  }

  @Test
  void ofTooManyTheOldestOfTheLongestLaneGivesWay() {
    crowd("flood", 4);
    Turn other = turns.queue("elsewhere", now);
    List<Turn> flood = crowd("flood", 7);

    assertThat(flood.subList(0, 2)).allMatch(turn -> turn.isDone() && !turn.join());
    assertThat(flood.subList(2, 7)).noneMatch(Turn::isDone);
    assertThat(other).isNotDone();
  }

  @Test
  void whoHasLeftTakesNoTurn() {
    crowd("here", 4);
    Turn first = turns.queue("here", now);
    Turn second = turns.queue("here", now);
    turns.leave(first);
    turns.leave(first);

    pass(SECOND / 10);

    assertThat(first).isNotDone();
    assertThat(second).isCompletedWithValue(true);
    assertThat(turns.give(now)).as("nobody waits").isEqualTo(-1);
  }

  @Test
  void nextTurnIsSaidInTime() {
    crowd("here", 5);

    assertThat(turns.give(now)).isEqualTo(SECOND / 10);
  }

  @Test
  void atTheEndEverybodyIsSentAway() {
    List<Turn> crowd = crowd("here", 6);

    turns.close();

    assertThat(crowd.subList(4, 6)).allMatch(turn -> turn.isDone() && !turn.join());
  }

  private List<Turn> crowd(String lane, int size) {
    List<Turn> crowd = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      crowd.add(turns.queue(lane, now));
    }
    return crowd;
  }

  private static long come(List<Turn> turns) {
    return turns.stream().filter(turn -> turn.isDone() && turn.join()).count();
  }

  private void pass(long nanos) {
    now += nanos;
    turns.give(now);
  }
}
