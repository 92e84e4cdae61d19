package io.pychain.simulator.scenario;

import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.time.Duration;
import java.util.SplittableRandom;

/// Crashes, breaks and broken disks at moments drawn by chance. Whatever goes down comes up again.
final class Trouble {
  private static final long DOWN_NANOS_MAX = Duration.ofSeconds(5).toNanos();

  private final World world;
  private final SplittableRandom random;
  private final long span;

  /// @param span nanoseconds from now in which trouble may begin
  Trouble(World world, SplittableRandom random, long span) {
    this.world = world;
    this.random = random;
    this.span = Math.max(1, span);
  }

  void start(Settings settings) {
    for (long i = 0; i < settings.whole("crashes"); i++) {
      world.timeline().after(random.nextLong(span), this::crash);
    }
    for (long i = 0; i < settings.whole("faults"); i++) {
      world.timeline().after(random.nextLong(span), this::breakDisk);
    }
    if (world.machines().size() > 1) {
      for (long i = 0; i < settings.whole("breaks"); i++) {
        world.timeline().after(random.nextLong(span), this::breakApart);
      }
    }
  }

  private void crash() {
    Machine machine = world.machine(random.nextInt(world.machines().size()));
    long down = random.nextLong(DOWN_NANOS_MAX);
    boolean silent = random.nextBoolean();
    if (!machine.isUp()) {
      return;
    }
    if (silent) {
      machine.powerOff();
    } else {
      machine.crash();
    }
    world.timeline().after(down, machine::restart);
  }

  private void breakDisk() {
    Machine machine = world.machine(random.nextInt(world.machines().size()));
    machine.breakDisk();
    world.timeline().after(random.nextLong(DOWN_NANOS_MAX), machine::repairDisk);
  }

  private void breakApart() {
    int size = world.machines().size();
    int one = random.nextInt(size);
    int other = (one + 1 + random.nextInt(size - 1)) % size;
    if (random.nextBoolean()) {
      world.breakLinks(one, other);
    } else {
      world.cut(one, other);
      world.timeline().after(random.nextLong(DOWN_NANOS_MAX), () -> world.mend(one, other));
    }
  }
}
