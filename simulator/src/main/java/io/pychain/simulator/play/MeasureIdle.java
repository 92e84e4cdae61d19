package io.pychain.simulator.play;

import io.pychain.simulator.check.Measures;
import io.pychain.simulator.world.Machine;
import java.time.Duration;

/// `measure-idle time=TIME`: lets time pass and counts what links carry when nobody publishes.
///
/// @param time how long
record MeasureIdle(Duration time) implements Step {
  static Step of(Words words) {
    return new MeasureIdle(words.time("time"));
  }

  @Override
  public void in(Play play) {
    play.measure();
    double links = links(play);
    play.world().pass(time);
    Measures measures = play.world().witness().measures();
    double bytes = measures.dataBytes() + (double) measures.controlBytes();
    play.figures().idle(bytes / Math.max(1, (links + links(play)) / 2) / (time.toNanos() / 1e9));
  }

  private static double links(Play play) {
    return play.world().machines().stream().mapToInt(Machine::linkCount).sum() / 2.0;
  }
}
