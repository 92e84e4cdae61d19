package io.pychain.simulator.play;

import io.pychain.simulator.liar.Liars;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import java.util.List;

/// `cast ROLE share=S [by=chance|plot]`: makes liars of a share of the machines, before they are
/// switched on: drawn by chance, or picked to surround others. The boot node stays honest.
///
/// @param role a name of [Liars]
/// @param share how many
/// @param plotted whether they are picked by a [Plot]; makes sense where machines have the GUID of
///   their index, and so do not join
record Cast(String role, double share, boolean plotted) implements Step {
  static Step of(Words words) {
    String role = words.next();
    if (!Liars.names().contains(role)) {
      throw words.wrong("there is no role " + role + "; there are " + Liars.names());
    }
    String by = words.maybe("by").orElse("chance");
    if (!by.equals("chance") && !by.equals("plot")) {
      throw words.wrong("liars are cast by=chance or by=plot, not by=" + by);
    }
    return new Cast(role, words.number("share"), by.equals("plot"));
  }

  @Override
  public void in(Play play) {
    for (Machine machine : plotted ? picked(play) : drawn(play)) {
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

  private List<Machine> drawn(Play play) {
    return play.draw(share, machine -> machine.index() > 0);
  }

  private List<Machine> picked(Play play) {
    int members = play.world().machines().size();
    return new Plot(members, (int) Math.round(share * members))
        .liars().stream().mapToObj(play.world()::machine).toList();
  }
}
