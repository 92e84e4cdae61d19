package io.pychain.simulator.play;

import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.Weather;

/// `revive`: all trouble is over: the weather is fair, every path is open, every machine is on,
/// with a disk and ears that work.
record Revive() implements Step {
  @Override
  public void in(Play play) {
    play.world().turn(Weather.FAIR);
    play.world().unite();
    play.deaths().divided(false);
    for (Machine machine : play.world().machines()) {
      machine.deafen(0);
      machine.slowDisk(1);
      machine.repairDisk();
      machine.resume();
      if (!machine.isUp()) {
        machine.restart();
      }
    }
  }
}
