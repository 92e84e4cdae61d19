package io.pychain.simulator.world;

import io.pychain.core.message.LogId;
import io.pychain.core.protocol.Persist;
import java.util.List;

/// What was on a disk at some moment, to be put into a machine later.
public final class Backup {
  private final Platter platter;

  private Backup(Platter platter) {
    this.platter = platter;
  }

  /// A copy of the disk of a machine as it is.
  public static Backup of(Machine machine) {
    return new Backup(machine.disk().platter().copy());
  }

  /// Whether there is a proof on it that a log is forked.
  public boolean hasProof(LogId log) {
    return platter.fork(log).isPresent();
  }

  /// An empty disk: its key is all that the machine has then.
  ///
  /// @param storeId identity of the store that will be on it, never 0
  public static Backup empty(long storeId) {
    return new Backup(new Platter(storeId, Archive.empty(), List.of()));
  }

  /// A disk that knows one member and nothing else: all that is left to a boot node whose table is
  /// lost, once that member has told it who it is.
  ///
  /// @param storeId identity of the store that will be on it, never 0
  public static Backup knowing(long storeId, Machine member) {
    Platter platter = new Platter(storeId, Archive.empty(), List.of());
    int guid = member.guid().orElseThrow().value();
    platter.take(new Persist.StoreRecord(1, member.disk().platter().record(guid).orElseThrow()));
    return new Backup(platter);
  }

  /// Puts a copy into a machine that is off. What only the disk before had is gone.
  ///
  /// @throws IllegalStateException if the machine is up
  public void putInto(Machine machine) {
    if (machine.isUp()) {
      throw new IllegalStateException("machine " + machine.index() + " is up");
    }
    machine.replaceDisk(platter.copy(), platter.lastWrite() > 0);
  }
}
