package io.pychain.node.api;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who has made the node do something, or has tried: from which address, what, and what
/// came of it. Never what was published, nor tokens.
///
/// What an operator does is a line each. What may come by the thousand, publishes and refusals, is
/// one line a second for each address, call and outcome, with how often it was so; the last of them
/// is written with the next request that writes, or when the node stops.
final class Audit implements AutoCloseable {
  /// Kinds of such lines that are counted at a time. When there are more, the oldest is written.
  static final int KINDS_MAX = 256;

  private static final long GATHER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger("io.pychain.audit");

  private final LinkedHashMap<Event, Count> counts = new LinkedHashMap<>();

  /// A request that writes, or wants to.
  ///
  /// @param from address of who asks
  /// @param method of HTTP
  /// @param path without its query
  /// @param status of the answer
  record Event(String from, String method, String path, int status) {
    private boolean isFrequent() {
      return status >= 400 || path.contains("/broadcast");
    }
  }

  private record Count(long since, long times) {}

  /// A request has been answered. Safe for many threads.
  synchronized void note(long nanos, Event event) {
    writeOlderThan(nanos - GATHER_NANOS);
    Count before = counts.get(event);
    if (before != null) {
      counts.put(event, new Count(before.since(), before.times() + 1));
      return;
    }
    write(event, 1);
    if (event.isFrequent()) {
      counts.put(event, new Count(nanos, 0));
      makeRoom();
    }
  }

  private void writeOlderThan(long nanos) {
    Iterator<Map.Entry<Event, Count>> oldestFirst = counts.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<Event, Count> oldest = oldestFirst.next();
      if (oldest.getValue().since() - nanos > 0) {
        return;
      }
      oldestFirst.remove();
      write(oldest.getKey(), oldest.getValue().times());
    }
  }

  private void makeRoom() {
    if (counts.size() > KINDS_MAX) {
      Map.Entry<Event, Count> oldest = counts.pollFirstEntry();
      write(oldest.getKey(), oldest.getValue().times());
    }
  }

  private static void write(Event event, long times) {
    if (times > 0) {
      LOG.info(
          "method={} path={} status={} times={} from={}",
          event.method(),
          event.path(),
          event.status(),
          times,
          event.from());
    }
  }

  /// Writes what waits.
  @Override
  public synchronized void close() {
    counts.forEach((event, count) -> write(event, count.times()));
    counts.clear();
  }
}
