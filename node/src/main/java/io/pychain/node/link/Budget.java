package io.pychain.node.link;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that the data in all outboxes of a node may take up together, so that what waits does not
/// grow with the number of links. Safe for many threads.
final class Budget {
  private final long bytesMax;
  private final AtomicLong used = new AtomicLong();

  Budget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Takes bytes if so many are left.
  boolean take(long bytes) {
    boolean fits = used.addAndGet(bytes) <= bytesMax;
    if (!fits) {
      give(bytes);
    }
    return fits;
  }

  /// Takes bytes, left or not: an empty lane is never refused a frame.
  void force(long bytes) {
    used.addAndGet(bytes);
  }

  void give(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
