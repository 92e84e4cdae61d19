package io.pychain.simulator.play;

import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Machine;
import java.util.ArrayList;
import java.util.List;

/// `ban count=N`: the boot node bans so many machines, drawn from the accomplices if there are any.
///
/// @param count how many
record Ban(int count) implements Step {
  static Step of(Words words) {
    return new Ban(words.whole("count"));
  }

  @Override
  public void in(Play play) {
    List<Machine> left = new ArrayList<>(play.outcasts().accomplices());
    if (left.isEmpty()) {
      left.addAll(play.world().machines().subList(1, play.world().machines().size()));
    }
    for (int i = 0; i < count && !left.isEmpty(); i++) {
      Machine machine = left.remove(play.random().nextInt(left.size()));
      play.outcasts().ban(machine);
      Guid guid = machine.guid().orElseThrow();
      play.world().machine(0).ask(t -> new Input.Ban(t, guid, false), _ -> {});
    }
  }
}
