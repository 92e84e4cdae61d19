package io.pychain.simulator.world;

import java.util.ArrayDeque;

/// Where everything waits that happens to a node while it stands still: frames in the buffers of
/// its kernel, ends of dials, timers, writes that have become durable.
final class Freezer {
  /// Events that wait at most; whatever more happens is lost, as frames are for which no buffer is
  /// left.
  static final int WAITING_MAX = 1 << 17;

  private final ArrayDeque<Event> waiting = new ArrayDeque<>();
  private boolean frozen;

  /// Whether the node stands still.
  boolean isFrozen() {
    return frozen;
  }

  /// Lets something happen to the node, now or when it goes on.
  void pass(Event event) {
    if (!frozen) {
      event.happen();
    } else if (waiting.size() < WAITING_MAX) {
      waiting.add(event);
    }
  }

  void freeze() {
    frozen = true;
  }

  /// The node goes on: all that has happened meanwhile comes to it at once, in order.
  void thaw() {
    frozen = false;
    while (!waiting.isEmpty()) {
      waiting.poll().happen();
    }
  }

  /// The node is gone, and with it whatever waited.
  void melt() {
    frozen = false;
    waiting.clear();
  }
}
