package io.pychain.simulator.play;

/// `measure`: begins to count anew, once what came before is not the story's subject.
record Measure() implements Step {
  @Override
  public void in(Play play) {
    play.measure();
  }
}
