package io.pychain.node.api;

import io.pychain.node.api.Deadlines.Deadline;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/// Runs each request in a virtual thread, and bounds how many may be in the middle of their
/// headers, or of the TLS handshake before, and for how long. One more makes the oldest give way: a
/// crowd that says half a word each pushes out itself, and not somebody who is just asking.
final class Readers implements Executor {
  /// Requests whose headers are being read, each of which holds some 20 KiB.
  private static final int READING_MAX = 256;

  private final Executor threads;
  private final Deadlines deadlines;
  private final Duration patience;
  private final Map<Thread, Deadline> reading = new LinkedHashMap<>();

  /// @param patience how long a request may take to say its headers, however steadily it does
  Readers(Executor threads, Deadlines deadlines, Duration patience) {
    this.threads = threads;
    this.deadlines = deadlines;
    this.patience = patience;
  }

  @Override
  public void execute(Runnable request) {
    threads.execute(() -> {
      try (Deadline deadline = deadlines.in(patience)) {
        begin(Thread.currentThread(), deadline);
        request.run();
      } finally {
        haveRead();
      }
    });
  }

  /// An interrupt closes the connection that a thread is reading.
  private synchronized void begin(Thread reader, Deadline deadline) {
    if (reading.size() >= READING_MAX) {
      Iterator<Thread> oldest = reading.keySet().iterator();
      Thread leaving = oldest.next();
      oldest.remove();
      leaving.interrupt();
    }
    reading.put(reader, deadline);
  }

  /// The headers of this thread's request are here.
  synchronized void haveRead() {
    Deadline deadline = reading.remove(Thread.currentThread());
    if (deadline != null) {
      deadline.close();
    }
  }
}
