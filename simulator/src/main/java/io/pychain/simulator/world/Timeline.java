package io.pychain.simulator.world;

import java.time.Instant;

/// The one clock of the world, and what is to happen. Time stands still while something happens and
/// then jumps to the next event.
public final class Timeline {
  /// When every world begins, by the clocks of its nodes.
  public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  /// Seconds beyond which no moment counts: they do not fit into nanoseconds.
  static final long SECONDS_MAX = Long.MAX_VALUE / 1_000_000_000L - 1;

  private final EventQueue queue = new EventQueue();
  private long now;
  private Instant instant = BEGINNING;
  private long happened;

  /// Nanoseconds since the beginning of the world.
  public long now() {
    return now;
  }

  /// The same moment as the nodes read it.
  public Instant instant() {
    return instant;
  }

  /// How many events have happened.
  public long happened() {
    return happened;
  }

  /// The nanosecond of a moment; before the beginning is the beginning.
  public long nanosOf(Instant moment) {
    if (moment.isBefore(BEGINNING)) {
      return 0;
    }
    long seconds = moment.getEpochSecond() - BEGINNING.getEpochSecond();
    boolean representable = seconds <= SECONDS_MAX;
    return representable ? seconds * 1_000_000_000L + moment.getNano() : Long.MAX_VALUE;
  }

  /// Lets something happen at a moment; a moment that is past means as soon as possible.
  public void at(long nanos, Event event) {
    queue.add(Math.max(nanos, now), event);
  }

  /// Lets something happen after a while.
  public void after(long nanos, Event event) {
    queue.add(now + nanos, event);
  }

  /// Lets the next event happen, if there is one until the given moment.
  ///
  /// @return whether there was
  public boolean step(long until) {
    long time = queue.nextTime();
    if (time > until || time == Long.MAX_VALUE) {
      return false;
    }
    moveTo(time);
    happened++;
    queue.take().happen();
    return true;
  }

  /// Lets time pass to a moment at which all events until then have happened.
  void moveTo(long nanos) {
    if (nanos > now) {
      now = nanos;
      instant = BEGINNING.plusNanos(nanos);
    }
  }
}
