package io.pychain.core.sync;

import io.pychain.core.ring.Guid;
import java.util.Arrays;
import java.util.TreeSet;

/// The last so many changes of this node's store, in the order of their arrival numbers. Answers
/// what changed since a cursor, as far back as it reaches; beyond that, trees are compared.
final class Journal {
  /// Changes remembered: what a busy network of 1,000 messages a second changes in half a minute.
  static final int CHANGES_MAX = 32_768;

  private static final int NONE = -1;

  private int[] changes = new int[64];
  private long first;
  private long last;

  /// Begins after an arrival.
  Journal(long last) {
    this.first = last;
    this.last = last;
  }

  /// Notes a change; numbers that were left out changed nothing.
  void append(long arrival, Guid guid, boolean record) {
    if (arrival - last > CHANGES_MAX) {
      first = arrival - 1;
      last = arrival - 1;
    }
    while (last < arrival - 1) {
      push(NONE);
    }
    push(guid.value() << 1 | (record ? 1 : 0));
  }

  /// Notes that arrivals up to this one changed nothing.
  void skip(long arrival) {
    first = Math.max(first, arrival - CHANGES_MAX);
    last = Math.max(last, first);
    while (last < arrival) {
      push(NONE);
    }
  }

  private void push(int change) {
    if (last - first == changes.length && changes.length < CHANGES_MAX) {
      grow();
    }
    last++;
    changes[slot(last, changes.length)] = change;
    first = Math.max(first, last - changes.length);
  }

  private void grow() {
    int[] larger = new int[2 * changes.length];
    for (long at = first + 1; at <= last; at++) {
      larger[slot(at, larger.length)] = changes[slot(at, changes.length)];
    }
    changes = larger;
  }

  private static int slot(long arrival, int length) {
    return (int) (arrival & (length - 1));
  }

  /// The last arrival.
  long last() {
    return last;
  }

  /// Whether it knows all that changed after this arrival.
  boolean reaches(long after) {
    return after >= first && after <= last;
  }

  /// What changed after an arrival that it reaches.
  Changes since(long after) {
    TreeSet<Guid> logs = new TreeSet<>();
    TreeSet<Guid> records = new TreeSet<>();
    int[] tail = new int[(int) (last - after)];
    for (int i = 0; i < tail.length; i++) {
      tail[i] = changes[slot(after + 1 + i, changes.length)];
    }
    Arrays.sort(tail);
    for (int i = 0; i < tail.length; i++) {
      if (tail[i] != NONE && (i == 0 || tail[i] != tail[i - 1])) {
        ((tail[i] & 1) == 0 ? logs : records).add(Guid.of(tail[i] >>> 1));
      }
    }
    return new Changes(logs, records);
  }

  /// Whose logs grew and whose records were replaced.
  record Changes(TreeSet<Guid> logs, TreeSet<Guid> records) {}
}
