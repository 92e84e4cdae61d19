package io.pychain.node.engine;

import io.pychain.core.protocol.Persist.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The newest batches of the delivery order, so that subscribers that keep up never read the store.
/// Bounded in number and bytes; who is behind its beginning reads the store.
final class Tail {
  private final int countMax;
  private final long bytesMax;
  private final ArrayDeque<Delivery> newest = new ArrayDeque<>();
  private long bytes;
  private long begin;
  private long end;
  private boolean closed;

  /// @param lastOffset of the last message in the store
  Tail(int countMax, long bytesMax, long lastOffset) {
    this.countMax = countMax;
    this.bytesMax = bytesMax;
    this.begin = lastOffset + 1;
    this.end = lastOffset + 1;
  }

  /// Takes what has just become durable, in order, and wakes those who wait for it.
  synchronized void add(List<Delivery> deliveries) {
    for (Delivery delivery : deliveries) {
      newest.addLast(delivery);
      bytes += delivery.batch().length();
      end = delivery.firstOffset() + delivery.batch().messages().size();
    }
    while (newest.size() > countMax || bytes > bytesMax) {
      bytes -= newest.removeFirst().batch().length();
    }
    begin = newest.isEmpty() ? end : newest.getFirst().firstOffset();
    notifyAll();
  }

  /// The batches with messages after an offset, in order; none if nothing newer is there.
  ///
  /// @return empty if the tail no longer reaches back so far
  synchronized Optional<List<Delivery>> after(long offset) {
    if (offset + 1 < begin) {
      return Optional.empty();
    }
    List<Delivery> found = new ArrayList<>();
    Iterator<Delivery> backwards = newest.descendingIterator();
    while (backwards.hasNext()) {
      Delivery delivery = backwards.next();
      if (delivery.firstOffset() + delivery.batch().messages().size() <= offset + 1) {
        break;
      }
      found.add(delivery);
    }
    Collections.reverse(found);
    return Optional.of(found);
  }

  /// First offset that the tail holds, or would hold next.
  synchronized long begin() {
    return begin;
  }

  /// Waits until there is something after an offset.
  ///
  /// @return false if nothing more will come
  synchronized boolean await(long offset) throws InterruptedException {
    while (end <= offset + 1 && !closed) {
      wait();
    }
    return !closed;
  }

  /// Lets go whoever waits.
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
