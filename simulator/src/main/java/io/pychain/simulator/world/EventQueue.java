package io.pychain.simulator.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Events in the order of their time, and of their arrival here within the same nanosecond.
///
/// A heap in which each node has four children, in parallel arrays: the keys are bare numbers, so
/// that a comparison touches no object, and four children lie side by side in memory. A world of
/// 1,000 nodes takes some hundred thousand events through here per second of its time.
final class EventQueue {
  private static final int CHILDREN = 4;
  private static final int CAPACITY_MIN = 1 << 10;

  private long[] times = new long[CAPACITY_MIN];
  private long[] turns = new long[CAPACITY_MIN];
  private @Nullable Event[] events = new @Nullable Event[CAPACITY_MIN];
  private int size;
  private long turn;

  /// How many events wait.
  int size() {
    return size;
  }

  /// Adds an event, after all that wait for the same moment.
  void add(long time, Event event) {
    if (size == times.length) {
      grow();
    }
    int at = size++;
    long mine = turn++;
    while (at > 0) {
      int parent = (at - 1) / CHILDREN;
      if (times[parent] <= time) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    put(at, time, mine, event);
  }

  /// When the first event is due; `Long.MAX_VALUE` if none waits.
  long nextTime() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /// Takes the first event out.
  ///
  /// @throws IllegalStateException if none waits
  Event take() {
    Event first = events[0];
    if (size == 0 || first == null) {
      throw new IllegalStateException("no event waits");
    }
    size--;
    Event last = events[size];
    events[size] = null;
    if (size > 0 && last != null) {
      sink(times[size], turns[size], last);
    }
    return first;
  }

  /// Finds the place of what was last, starting at the free root.
  private void sink(long time, long mine, Event event) {
    int at = 0;
    while (true) {
      int child = leastChild(at);
      if (child < 0 || !before(child, time, mine)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, time, mine, event);
  }

  private int leastChild(int parent) {
    int first = parent * CHILDREN + 1;
    if (first >= size) {
      return -1;
    }
    int least = first;
    int end = Math.min(first + CHILDREN, size);
    for (int child = first + 1; child < end; child++) {
      if (before(child, times[least], turns[least])) {
        least = child;
      }
    }
    return least;
  }

  private boolean before(int at, long time, long mine) {
    return times[at] < time || (times[at] == time && turns[at] < mine);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    turns[to] = turns[from];
    events[to] = events[from];
  }

  private void put(int at, long time, long mine, Event event) {
    times[at] = time;
    turns[at] = mine;
    events[at] = event;
  }

  private void grow() {
    int capacity = 2 * times.length;
    times = Arrays.copyOf(times, capacity);
    turns = Arrays.copyOf(turns, capacity);
    events = Arrays.copyOf(events, capacity);
  }
}
