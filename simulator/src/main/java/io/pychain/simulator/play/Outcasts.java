package io.pychain.simulator.play;

import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whom a story has banned, who goes on with them all the same, and how far the ban has got.
final class Outcasts {
  private final World world;
  private final Set<Machine> accomplices = new LinkedHashSet<>();
  private final Set<Machine> banned = new LinkedHashSet<>();

  Outcasts(World world) {
    this.world = world;
  }

  /// A machine will not hear of bans.
  void accomplice(Machine machine) {
    accomplices.add(machine);
  }

  /// Those who will not.
  List<Machine> accomplices() {
    return List.copyOf(accomplices);
  }

  /// A machine is banned from now on.
  void ban(Machine machine) {
    banned.add(machine);
  }

  /// No machine is banned any more.
  ///
  /// @return who was
  List<Machine> pardon() {
    List<Machine> pardoned = new ArrayList<>(banned);
    banned.clear();
    return pardoned;
  }

  /// How many honest machines that run do not know of a ban, or have a link to who is banned.
  long unaware() {
    return honest().stream().filter(machine -> !isAware(machine)).count();
  }

  private boolean isAware(Machine machine) {
    return banned.stream()
        .allMatch(outcast -> holds(machine, outcast) && !machine.isLinkedTo(outcast));
  }

  private static boolean holds(Machine machine, Machine outcast) {
    Guid guid = outcast.guid().orElseThrow();
    return machine.core().filter(core -> core.holdsBanned(guid)).isPresent();
  }

  /// How many different views of what is held there are among honest machines that run.
  long views() {
    return honest().stream()
        .flatMap(machine -> machine.core().stream())
        .mapToLong(Core::print)
        .distinct()
        .count();
  }

  private List<Machine> honest() {
    return world.machines().stream()
        .filter(Machine::isLive)
        .filter(machine -> !accomplices.contains(machine) && !banned.contains(machine))
        .toList();
  }
}
