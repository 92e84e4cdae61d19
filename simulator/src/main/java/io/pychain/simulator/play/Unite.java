package io.pychain.simulator.play;

/// `unite`: everything passes again.
record Unite() implements Step {
  @Override
  public void in(Play play) {
    play.world().unite();
    play.deaths().divided(false);
  }
}
