package io.pychain.simulator.play;

import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Whether a network has come together: everybody who is on is a member and knows all others, and
/// no link has been made or tried for a while.
final class Together implements BooleanSupplier {
  private static final long CALM_NANOS = Duration.ofSeconds(1).toNanos();

  private final World world;
  private long links = -1;
  private long since;

  Together(World world) {
    this.world = world;
  }

  @Override
  public boolean getAsBoolean() {
    long now = world.timeline().now();
    long opened = world.network().linksOpened();
    if (opened != links || world.network().dialsPending() > 0) {
      links = opened;
      since = now;
    }
    return now - since >= CALM_NANOS && allKnown(world);
  }

  /// Whether everybody who was switched on is a member and knows all others.
  static boolean allKnown(World world) {
    long members = world.memberCount();
    return world.switchedOn().stream().allMatch(machine -> knows(machine, members));
  }

  /// Whether a machine runs and knows so many members.
  static boolean knows(Machine machine, long members) {
    return machine.isRunning() && machine.membersKnown() == members;
  }
}
