package io.pychain.simulator.play;

import io.pychain.simulator.liar.Liars;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;

/// `cast ROLE share=S`: makes liars of a share of the machines, drawn by chance, before they are
/// switched on. The boot node stays honest.
///
/// @param role a name of [Liars]
/// @param share how many
record Cast(String role, double share) implements Step {
  static Step of(Words words) {
    String role = words.next();
    if (!Liars.names().contains(role)) {
      throw words.wrong("there is no role " + role + "; there are " + Liars.names());
    }
    return new Cast(role, words.number("share"));
  }

  @Override
  public void in(Play play) {
    for (Machine machine : play.draw(share, machine -> machine.index() > 0)) {
      Core.Maker honest = play.world().makerOf(machine);
      if (Liars.UNTRUE.contains(role)) {
        play.world().witness().ledger().distrust(machine.index());
      } else if (role.equals(Liars.FORGER)) {
        play.world().witness().ledger().overlook(machine.index());
      }
      if (role.equals(Liars.ACCOMPLICE)) {
        play.outcasts().accomplice(machine);
      }
      machine.run(Liars.of(role, honest).orElseThrow());
    }
  }
}
