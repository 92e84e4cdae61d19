package io.pychain.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes into the log which papers of this node end soon, now and then until somebody acts.
final class ExpiryWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);

  private final Thread thread;

  private ExpiryWatch(Thread thread) {
    this.thread = thread;
  }

  /// Starts to watch.
  ///
  /// @param expiries asked anew each time
  static ExpiryWatch start(Supplier<List<Expiry>> expiries) {
    return new ExpiryWatch(Thread.ofVirtual().name("expiry-watch").start(() -> run(expiries)));
  }

  private static void run(Supplier<List<Expiry>> expiries) {
    try {
      while (true) {
        expiries.get().forEach(expiry -> tell(expiry, Instant.now()));
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException stop) {
      LOG.debug("expiry watch ends");
    }
  }

  private static void tell(Expiry expiry, Instant now) {
    if (now.isAfter(expiry.end())) {
      LOG.error("{}", expiry.warning(now));
    } else if (expiry.isNear(now)) {
      LOG.warn("{}", expiry.warning(now));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
