package io.pychain.simulator.world;

import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Persist;
import io.pychain.simulator.check.RuleBroken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A virtual disk with a writer that commits in groups.
///
/// Whatever waits when a commit ends goes into the next one. A crash loses what waits; the group
/// that is being written is kept whole or lost whole, by luck, and nobody is told which; a disk
/// that tears keeps any number of its first writes. A disk that breaks down, for want of space say,
/// writes nothing more until it is asked whether it works again.
final class Disk {
  private final Timeline timeline;
  private final DiskConfig config;
  private final RandomGenerator random;
  private final Owner owner;
  private final Platter platter;
  private List<Persist> waiting = new ArrayList<>();
  private List<Persist> writing = List.of();
  private long lastTaken;
  private int generation;
  private int slowness = 1;
  private boolean held;
  private Optional<String> fault = Optional.empty();
  private boolean failed;

  /// Who writes.
  interface Owner {
    /// A write has become durable. Comes once for each, in order, also for what survives a crash.
    void durable(Persist write);

    /// A group is durable, up to this write. Does not come for what survives a crash.
    void committed(long write);

    /// A group was not written, and neither is anything that comes until a [Persist.Probe] is.
    void failed(String reason);
  }

  Disk(Timeline timeline, DiskConfig config, RandomGenerator random, Platter platter, Owner owner) {
    this.timeline = timeline;
    this.config = config;
    this.random = random;
    this.owner = owner;
    this.platter = platter;
    this.lastTaken = platter.lastWrite();
  }

  /// What is durable.
  Platter platter() {
    return platter;
  }

  /// Takes writes, in order, to be committed as soon as possible.
  void write(List<Persist> writes) {
    for (Persist write : writes) {
      if (write.write() <= lastTaken) {
        throw new RuleBroken(
            "writes are numbered upwards: %d after %d".formatted(write.write(), lastTaken));
      }
      lastTaken = write.write();
      waiting.add(write);
    }
    startCommit();
  }

  /// Makes every commit wait until [#release].
  void hold() {
    held = true;
  }

  /// Ends [#hold].
  void release() {
    held = false;
    startCommit();
  }

  /// Makes every commit take so many times as long as usual; 1 is the usual.
  void slowDown(int factor) {
    slowness = factor;
  }

  /// Makes every commit fail until [#repair].
  void breakDown(String reason) {
    fault = Optional.of(reason);
  }

  /// Ends [#breakDown].
  void repair() {
    fault = Optional.empty();
  }

  /// The machine crashes.
  void crash() {
    generation++;
    if (!writing.isEmpty()) {
      apply(survivors());
    }
    writing = List.of();
    waiting = new ArrayList<>();
    held = false;
    failed = false;
    lastTaken = platter.lastWrite();
  }

  /// Answers a peer from what is durable when the disk gets to it, in parts.
  void read(Frame.Fetch fetch, Consumer<Frame> to) {
    int mine = generation;
    timeline.after(
        config.readTime().toNanos(),
        () -> {
          if (mine == generation) {
            Answering.of(platter, fetch, config).forEach(to);
          }
        });
  }

  private void startCommit() {
    if (held || !writing.isEmpty()) {
      return;
    }
    if (failed) {
      waiting = fromProbe(waiting);
    }
    if (waiting.isEmpty()) {
      return;
    }
    writing = waiting;
    waiting = new ArrayList<>();
    int mine = generation;
    timeline.after(commitTime(), () -> endCommit(mine));
  }

  private void endCommit(int mine) {
    if (mine != generation) {
      return;
    }
    failed = fault.isPresent();
    long last = writing.getLast().write();
    if (!failed) {
      apply(writing);
    }
    writing = List.of();
    startCommit();
    fault.ifPresentOrElse(owner::failed, () -> owner.committed(last));
  }

  /// What was given up ends where the node tries again.
  private static List<Persist> fromProbe(List<Persist> writes) {
    for (int i = 0; i < writes.size(); i++) {
      if (writes.get(i) instanceof Persist.Probe) {
        return new ArrayList<>(writes.subList(i, writes.size()));
      }
    }
    return new ArrayList<>();
  }

  /// How far the group under way got when the power went.
  private List<Persist> survivors() {
    int all = writing.size();
    int kept = config.torn() ? random.nextInt(all + 1) : random.nextBoolean() ? all : 0;
    return writing.subList(0, kept);
  }

  private void apply(List<Persist> group) {
    for (Persist write : group) {
      platter.take(write);
      owner.durable(write);
    }
  }

  private long commitTime() {
    long min = config.commitMin().toNanos();
    return slowness * random.nextLong(min, config.commitMax().toNanos() + 1);
  }
}
