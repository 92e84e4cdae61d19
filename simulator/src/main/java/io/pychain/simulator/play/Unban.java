package io.pychain.simulator.play;

import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Machine;

/// `unban`: the boot node lifts every ban of the story.
record Unban() implements Step {
  @Override
  public void in(Play play) {
    for (Machine machine : play.outcasts().pardon()) {
      Guid guid = machine.guid().orElseThrow();
      play.world().machine(0).ask(t -> new Input.Unban(t, guid), _ -> {});
    }
  }
}
