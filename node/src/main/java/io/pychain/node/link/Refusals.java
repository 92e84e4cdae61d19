package io.pychain.node.link;

import io.pychain.node.metrics.NodeMetrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts every refusal, and logs one per reason and second: a flood fills no disk, and hides no
/// other reason.
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final NodeMetrics metrics;
  private final Map<Refusal, Throttle> throttles = new EnumMap<>(Refusal.class);

  Refusals(NodeMetrics metrics) {
    this.metrics = metrics;
    for (Refusal refusal : Refusal.values()) {
      throttles.put(refusal, new Throttle());
    }
  }

  /// Safe for many threads.
  ///
  /// @param from the other side's host, or the link's name
  /// @param detail for the operator, in one line
  void count(Refusal refusal, String from, String detail) {
    metrics.refused(refusal.label());
    Throttle throttle = throttles.get(refusal);
    long times = throttle == null ? 0 : throttle.count(System.nanoTime());
    if (times > 0) {
      LOG.info(
          "refused reason={} times={} from={} detail=\"{}\"", refusal.label(), times, from, detail);
    }
  }

  /// Saves up what is not worth a line of its own.
  private static final class Throttle {
    private long next = System.nanoTime();
    private long saved;

    /// @return how many to report now, 0 for not now
    synchronized long count(long now) {
      saved++;
      if (now - next < 0) {
        return 0;
      }
      long times = saved;
      saved = 0;
      next = now + LOG_INTERVAL_NANOS;
      return times;
    }
  }
}
