package io.pychain.node.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/// The wall clock as it was at the start, carried on by the machine's own counter: it never goes
/// back, whatever happens to the wall clock meanwhile. To the microsecond, as the store keeps it.
public final class MonotonicClock implements Supplier<Instant> {
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  @Override
  public Instant get() {
    return start.plusNanos(System.nanoTime() - startNanos).truncatedTo(ChronoUnit.MICROS);
  }
}
