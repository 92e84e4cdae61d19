package io.pychain.simulator.play;

import java.time.Duration;

/// `pass TIME`: lets time pass.
///
/// @param time how much
record Pass(Duration time) implements Step {
  static Step of(Words words) {
    return new Pass(words.time("time"));
  }

  @Override
  public void in(Play play) {
    play.world().pass(time);
  }
}
