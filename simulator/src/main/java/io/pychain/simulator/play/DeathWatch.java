package io.pychain.simulator.play;

import io.pychain.core.ring.Guid;
import io.pychain.simulator.check.Histogram;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Compares what nodes hold for dead with what is: how long they take to learn of a death, and whom
/// they bury alive.
///
/// A member is buried alive if somebody holds it for dead although it has been well for a minute:
/// its process ran or stood still, its machine went, and the world was not divided. Who has just
/// come back may be held for dead until its newer record is round.
final class DeathWatch {
  /// Deaths whose news is followed; of more at once, the first.
  static final int FOLLOWED_MAX = 64;

  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();
  private static final long GRACE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int LOOKS_PER_ROUND = 20;

  private final World world;
  private final Histogram delays = new Histogram();
  private final List<Death> followed = new ArrayList<>();
  private final BitSet buriedAlive = new BitSet();
  private final long[] wellSince;
  private final int[] starts;
  private boolean divided;
  private int looks;

  /// A death, and those who have yet to learn of it.
  private record Death(Guid guid, Machine machine, long time, List<Machine> unaware) {}

  DeathWatch(World world) {
    this.world = world;
    wellSince = new long[world.machines().size()];
    starts = new int[world.machines().size()];
  }

  /// Begins to look.
  void start() {
    world.timeline().after(LOOK_NANOS, this::look);
  }

  /// A machine has died for good, as far as anybody can tell.
  void died(Machine machine) {
    if (followed.size() < FOLLOWED_MAX && machine.guid().isPresent()) {
      List<Machine> others = new ArrayList<>(world.machines());
      others.remove(machine);
      followed.add(new Death(machine.guid().get(), machine, world.timeline().now(), others));
    }
  }

  /// The world is divided, or no longer: nobody can tell the dead from those on the other side.
  void divided(boolean now) {
    divided = now;
  }

  /// Whether everybody who lives knows of all deaths that are followed.
  boolean isKnown() {
    return unaware() == 0;
  }

  /// Pairs of a death and somebody who has yet to learn of it.
  long unaware() {
    return followed.stream().mapToLong(death -> death.unaware().size()).sum();
  }

  /// From each death until each of the others held the member for dead.
  Histogram delays() {
    return delays;
  }

  /// Members that somebody held for dead although they were well.
  int buriedAlive() {
    return buriedAlive.cardinality();
  }

  private void look() {
    long now = world.timeline().now();
    followed.forEach(death -> follow(death, now));
    if (++looks % LOOKS_PER_ROUND == 0) {
      examine(now);
    }
    start();
  }

  private void follow(Death death, long now) {
    death
        .unaware()
        .removeIf(machine -> {
          boolean knows = holdsDead(machine, death.guid());
          if (knows) {
            delays.add(now - death.time());
          }
          return knows || !machine.isLive();
        });
  }

  private void examine(long now) {
    List<Machine> well = new ArrayList<>();
    for (Machine machine : world.machines()) {
      int index = machine.index();
      boolean ill = !machine.isLive() || divided;
      if (ill || machine.starts() != starts[index]) {
        starts[index] = machine.starts();
        wellSince[index] = now;
      } else if (now - wellSince[index] >= GRACE_NANOS) {
        well.add(machine);
      }
    }
    for (Machine observer : world.machines()) {
      if (observer.core().map(Core::deaths).orElse(0) > 0) {
        well.stream()
            .filter(machine -> holdsDead(observer, machine.guid().orElseThrow()))
            .forEach(machine -> buriedAlive.set(machine.index()));
      }
    }
  }

  private static boolean holdsDead(Machine observer, Guid guid) {
    return observer.core().filter(core -> core.holdsDead(guid)).isPresent();
  }
}
