package io.pychain.simulator.play;

import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What may go wrong with one machine, or between it and another.
enum Affliction {
  /// The process dies; its machine resets its links and refuses dials.
  CRASH,
  /// The machine loses its power; nobody is told.
  POWER_CUT,
  /// The process stands still; its kernel takes connections.
  PAUSE,
  /// The whole machine stands still.
  FREEZE,
  /// The machine loses nine of ten frames that arrive.
  HALF_DEAF,
  /// The disk writes nothing.
  DISK_FAULT,
  /// The disk takes a hundred times as long.
  SLOW_DISK,
  /// Its links to another machine break.
  BREAK,
  /// The path to another machine is cut.
  CUT,
  /// What it sends to another machine does not arrive, while the way back is open.
  ONE_WAY;

  private static final double DEAFNESS = 0.9;
  private static final int SLOWNESS = 100;

  /// The affliction that a scenario's file calls so.
  static Optional<Affliction> named(String name) {
    return Arrays.stream(values()).filter(each -> each.inWords().equals(name)).findFirst();
  }

  String inWords() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether it takes two.
  boolean isBetween() {
    return this == BREAK || this == CUT || this == ONE_WAY;
  }

  /// Whether the machine is dead to all others.
  boolean isDeath() {
    return this == CRASH || this == POWER_CUT || this == FREEZE;
  }

  /// Lets it befall a machine that runs.
  ///
  /// @param other the second machine, if it takes two
  void begin(World world, Machine machine, Machine other) {
    switch (this) {
      case CRASH -> machine.crash();
      case POWER_CUT -> machine.powerOff();
      case PAUSE -> machine.pause(false);
      case FREEZE -> machine.pause(true);
      case HALF_DEAF -> machine.deafen(DEAFNESS);
      case DISK_FAULT -> machine.breakDisk();
      case SLOW_DISK -> machine.slowDisk(SLOWNESS);
      case BREAK -> world.breakLinks(machine.index(), other.index());
      case CUT -> world.cut(machine.index(), other.index());
      case ONE_WAY -> world.block(machine.index(), other.index());
    }
  }

  /// Ends it.
  void end(World world, Machine machine, Machine other) {
    switch (this) {
      case CRASH, POWER_CUT -> startAgain(machine);
      case PAUSE, FREEZE -> machine.resume();
      case HALF_DEAF -> machine.deafen(0);
      case DISK_FAULT -> machine.repairDisk();
      case SLOW_DISK -> machine.slowDisk(1);
      case BREAK -> {}
      case CUT -> world.mend(machine.index(), other.index());
      case ONE_WAY -> world.unblock(machine.index(), other.index());
    }
  }

  private static void startAgain(Machine machine) {
    if (!machine.isUp()) {
      machine.restart();
    }
  }
}
