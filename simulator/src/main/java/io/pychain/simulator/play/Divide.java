package io.pychain.simulator.play;

/// `divide share=S`: from now on nothing passes between a share of the machines, drawn by chance,
/// and the others.
///
/// @param share how many are on the other side
record Divide(double share) implements Step {
  static Step of(Words words) {
    return new Divide(words.number("share"));
  }

  @Override
  public void in(Play play) {
    int[] groups = new int[play.world().machines().size()];
    play.draw(share, _ -> true).forEach(machine -> groups[machine.index()] = 1);
    play.world().divide(groups);
    play.deaths().divided(true);
  }
}
