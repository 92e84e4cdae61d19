package io.pychain.simulator.play;

import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.util.List;

/// Whom the nodes of a world count as members that take part.
final class Census {
  private final World world;

  Census(World world) {
    this.world = world;
  }

  /// Whether everybody who runs counts the same members, and everybody who runs among them.
  boolean isOne() {
    List<Machine> running = running();
    return members().stream().allMatch(member -> agree(running, member));
  }

  /// Who counts whom otherwise, the first that there is.
  String difference() {
    List<Machine> running = running();
    for (Machine member : members()) {
      if (!agree(running, member)) {
        Guid guid = member.guid().orElseThrow();
        long ayes = running.stream().filter(machine -> counts(machine, guid)).count();
        return "%d of %d count node %d, which %s"
            .formatted(ayes, running.size(), member.index(), member.isLive() ? "runs" : "is down");
      }
    }
    return "none";
  }

  private List<Machine> running() {
    return world.machines().stream().filter(Machine::isLive).toList();
  }

  private List<Machine> members() {
    return world.machines().stream().filter(machine -> machine.guid().isPresent()).toList();
  }

  private static boolean agree(List<Machine> running, Machine member) {
    if (running.isEmpty()) {
      return true;
    }
    Guid guid = member.guid().orElseThrow();
    boolean counted = member.isLive() || counts(running.getFirst(), guid);
    return running.stream().allMatch(machine -> counts(machine, guid) == counted);
  }

  private static boolean counts(Machine observer, Guid guid) {
    return observer.core().filter(core -> core.counts(guid)).isPresent();
  }
}
