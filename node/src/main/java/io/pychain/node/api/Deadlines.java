package io.pychain.node.api;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends what takes too long: a thread that waits on a socket past its deadline is interrupted,
/// which closes the socket under it.
///
/// Blocking writes know no timeout of their own. One thread looks at all deadlines a few times a
/// second; setting one costs two operations on a hash table.
final class Deadlines implements AutoCloseable {
  /// How often deadlines are looked at, and so by how much one may be overrun, in milliseconds.
  private static final long TICK_MILLIS = 50;

  private final Set<Deadline> pending = ConcurrentHashMap.newKeySet();
  private final Thread ticker;

  Deadlines() {
    ticker = Thread.ofVirtual().name("api-deadlines").start(this::run);
  }

  /// Starts a deadline for the calling thread; closing it in time keeps the thread from harm.
  Deadline in(Duration duration) {
    Deadline deadline =
        new Deadline(Thread.currentThread(), System.nanoTime() + duration.toNanos());
    pending.add(deadline);
    return deadline;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        long now = System.nanoTime();
        pending.forEach(deadline -> deadline.check(now));
      }
    } catch (InterruptedException stopped) {
      // Closed: nobody is served any more.
    }
  }

  @Override
  public void close() {
    ticker.interrupt();
  }

  /// The time by which the thread that set it wants to be done.
  final class Deadline implements AutoCloseable {
    private final Thread thread;
    private final long nanoTime;
    private boolean over;
    private boolean missed;

    private Deadline(Thread thread, long nanoTime) {
      this.thread = thread;
      this.nanoTime = nanoTime;
    }

    private synchronized void check(long now) {
      if (!over && !missed && now - nanoTime >= 0) {
        missed = true;
        thread.interrupt();
      }
    }

    /// Done: from now on the thread is not interrupted for this deadline, and if it was, at the
    /// last moment, it is no longer.
    @Override
    public synchronized void close() {
      over = true;
      pending.remove(this);
      if (missed) {
        Thread.interrupted();
      }
    }
  }
}
