package io.pychain.simulator.play;

import io.pychain.simulator.world.Machine;

/// `unban`: the boot node lifts every ban of the story.
record Unban() implements Step {
  @Override
  public void in(Play play) {
    for (Machine machine : play.outcasts().pardon()) {
      play.world().machine(0).rule(machine.guid().orElseThrow(), false, _ -> {});
    }
  }
}
