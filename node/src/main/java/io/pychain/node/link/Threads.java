package io.pychain.node.link;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All threads of the links, and one clock that ends what takes too long. All are virtual.
final class Threads {
  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().uncaughtExceptionHandler(Threads::fault).factory());
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("links-clock").factory());

  Threads() {
    clock.setRemoveOnCancelPolicy(true);
  }

  /// Starts a thread of that name.
  ///
  /// @throws IOException if no more are to be started, because everything is being closed
  void start(String name, Runnable task) throws IOException {
    try {
      tasks.execute(() -> {
        Thread.currentThread().setName(name);
        task.run();
      });
    } catch (RejectedExecutionException closing) {
      throw new IOException("this node stops", closing);
    }
  }

  /// Runs something quick after a while, unless it is cancelled.
  ///
  /// @throws IOException if everything is being closed
  ScheduledFuture<?> after(Duration delay, Runnable alarm) throws IOException {
    try {
      return clock.schedule(alarm, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      throw new IOException("this node stops", closing);
    }
  }

  /// Lets no more threads start, and waits for those that run.
  ///
  /// @return whether all have ended in time
  boolean await(Duration patience) throws InterruptedException {
    tasks.shutdown();
    return tasks.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Interrupts what still runs, and stops the clock.
  void stop() {
    tasks.shutdownNow();
    clock.shutdownNow();
  }

  private static void fault(Thread thread, Throwable cause) {
    LOG.error("fault of this program: thread={} ended", thread.getName(), cause);
  }
}
