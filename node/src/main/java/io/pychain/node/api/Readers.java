package io.pychain.node.api;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;

/// Runs each request in a virtual thread, and bounds how many may be in the middle of their
/// headers. One more makes the oldest give way: a crowd that says half a word each pushes out
/// itself, and not somebody who is just asking.
final class Readers implements Executor {
  /// Requests whose headers are being read, each of which holds some 20 KiB.
  private static final int READING_MAX = 256;

  private final Executor threads;
  private final Set<Thread> reading = new LinkedHashSet<>();

  Readers(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable request) {
    threads.execute(() -> {
      begin(Thread.currentThread());
      try {
        request.run();
      } finally {
        haveRead();
      }
    });
  }

  /// An interrupt closes the connection that a thread is reading.
  private synchronized void begin(Thread reader) {
    if (reading.size() >= READING_MAX) {
      Iterator<Thread> oldest = reading.iterator();
      Thread leaving = oldest.next();
      oldest.remove();
      leaving.interrupt();
    }
    reading.add(reader);
  }

  /// The headers of this thread's request are here.
  synchronized void haveRead() {
    reading.remove(Thread.currentThread());
  }
}
