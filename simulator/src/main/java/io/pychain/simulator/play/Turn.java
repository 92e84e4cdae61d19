package io.pychain.simulator.play;

import io.pychain.simulator.world.Weather;
import java.time.Duration;

/// `weather [loss=P] [duplication=P] [reorder=P] [delay=TIME]`: from now on links carry frames so
/// well; without anything, all arrive.
///
/// @param weather how well
record Turn(Weather weather) implements Step {
  static Step of(Words words) {
    Duration delay = words.has("delay") ? words.time("delay") : Weather.FAIR.delayMax();
    return new Turn(
        new Weather(
            words.number("loss", 0),
            words.number("duplication", 0),
            words.number("reorder", 0),
            delay));
  }

  @Override
  public void in(Play play) {
    play.world().turn(weather);
  }
}
