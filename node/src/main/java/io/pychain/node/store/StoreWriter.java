package io.pychain.node.store;

import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes: takes all that waits, makes it one transaction, and reports how far
/// everything is durable. While one group is being forced to disk, the next one gathers.
///
/// After a failure nothing more is written, for later writes rest on earlier ones: all are dropped
/// until a [Persist.Probe] goes through. What is retained is pruned between groups.
///
/// ```
///            failed transaction: PersistFailed
///   WORKING ──────────────────────────────────► FAILED ──┐ other writes: dropped
///      ▲                                           │ ▲───┘ Probe fails: PersistFailed
///      └───────────────────────────────────────────┘
///            Probe succeeds: Persisted
/// ```
public final class StoreWriter implements AutoCloseable {
  /// Bytes that may wait before [#submit] does; above what the protocol hands out unpersisted.
  static final long QUEUE_BYTES_MAX = 96L << 20;

  /// Bytes in one transaction, beyond which the rest waits for the next.
  static final long GROUP_BYTES_MAX = 4L << 20;

  /// What a write costs in memory beside its batch, in bytes; bounds the number that wait.
  private static final long OVERHEAD_BYTES = 512;

  /// How long closing goes on writing what waits; the group under way is finished in any case.
  static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  /// How often a quiet store looks for something to prune.
  private static final Duration PRUNE_INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

  private final Store store;
  private final Reports reports;
  private final Supplier<Instant> clock;
  private final Thread thread;

  private final ArrayDeque<Persist> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean closing;
  private long closeNanos;

  /// Only the writer's thread knows these.
  private boolean failed;

  private Instant pruneAt = Instant.MIN;

  /// Whom the writer tells what has become of the writes. Called on the writer's thread; must not
  /// wait for [#submit] to go on.
  public interface Reports {
    /// Something is durable, or the store has failed.
    void report(Input input);

    /// A group became durable, which took so long.
    void committed(Duration took);

    /// The writer met a fault of ours and has ended.
    void fault(Throwable fault);
  }

  /// Starts the thread.
  ///
  /// @param clock that deliveries are dated by, for pruning by age
  public StoreWriter(Store store, Reports reports, Supplier<Instant> clock) {
    this.store = store;
    this.reports = reports;
    this.clock = clock;
    thread = Thread.ofPlatform().name("store-writer").start(this::run);
  }

  /// Hands over writes, in order. Waits while too much waits already.
  public synchronized void submit(List<Persist> writes) throws InterruptedException {
    for (Persist write : writes) {
      while (queuedBytes > QUEUE_BYTES_MAX && !closing) {
        wait();
      }
      queue.add(write);
      queuedBytes += weight(write);
    }
    notifyAll();
  }

  private static long weight(Persist write) {
    return OVERHEAD_BYTES
        + switch (write) {
          case Persist.StoreBatch batch -> batch.delivery().batch().length();
          case Persist.StoreRecord record -> record.record().length();
          case Persist.StoreFork fork -> fork.proof().length();
          case Persist.StoreAllocation _,
              Persist.StoreCertificate _,
              Persist.StoreParameters _,
              Persist.StoreAnchors _,
              Persist.Probe _ ->
              0;
        };
  }

  private void run() {
    try {
      while (true) {
        List<Persist> group = take();
        if (isClosing() && (group.isEmpty() || isTooLate())) {
          return;
        }
        write(group);
        prune();
      }
    } catch (InterruptedException stop) {
      LOG.debug("writer interrupted");
    } catch (RuntimeException | Error fault) {
      reports.fault(fault);
    }
  }

  /// All that waits, up to the size of a group; nothing if nothing came for a while.
  private synchronized List<Persist> take() throws InterruptedException {
    long deadline = System.nanoTime() + PRUNE_INTERVAL.toNanos();
    long left = PRUNE_INTERVAL.toNanos();
    while (queue.isEmpty() && !closing && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    List<Persist> group = new ArrayList<>();
    long bytes = 0;
    while (!queue.isEmpty() && bytes < GROUP_BYTES_MAX) {
      Persist write = queue.remove();
      bytes += weight(write);
      group.add(write);
    }
    queuedBytes -= bytes;
    notifyAll();
    return group;
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private synchronized boolean isTooLate() {
    return System.nanoTime() - closeNanos > 0;
  }

  private void write(List<Persist> group) {
    List<Persist> rest = failed ? fromProbe(group) : group;
    if (rest.isEmpty()) {
      return;
    }
    long begun = System.nanoTime();
    try {
      store.write(rest);
    } catch (IOException failure) {
      fail(failure);
      return;
    }
    if (failed) {
      LOG.info("store works again");
      failed = false;
    }
    reports.committed(Duration.ofNanos(System.nanoTime() - begun));
    reports.report(new Input.Persisted(rest.getLast().write()));
  }

  /// What was given up ends where the protocol tries again.
  private static List<Persist> fromProbe(List<Persist> group) {
    for (int i = 0; i < group.size(); i++) {
      if (group.get(i) instanceof Persist.Probe) {
        return group.subList(i, group.size());
      }
    }
    return List.of();
  }

  private void fail(IOException failure) {
    if (!failed) {
      LOG.error("store failed: {}", failure.getMessage(), failure);
    }
    failed = true;
    reports.report(new Input.PersistFailed(String.valueOf(failure.getMessage())));
  }

  private void prune() {
    Instant now = clock.get();
    if (failed || now.isBefore(pruneAt)) {
      return;
    }
    try {
      boolean more = store.prune(now);
      pruneAt = more ? now : now.plus(PRUNE_INTERVAL);
    } catch (IOException failure) {
      // Nothing is lost by holding more than was asked for.
      LOG.warn("cannot prune: {}", failure.getMessage());
      pruneAt = now.plus(PRUNE_INTERVAL);
    }
  }

  /// Writes what waits as far as that takes no longer than [#CLOSE_WAIT], then ends the thread:
  /// what is not written was not acknowledged, and others have it. Interrupted, it goes on to close
  /// without waiting.
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      closeNanos = System.nanoTime() + CLOSE_WAIT.toNanos();
      notifyAll();
    }
    try {
      if (!thread.equals(Thread.currentThread())) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
