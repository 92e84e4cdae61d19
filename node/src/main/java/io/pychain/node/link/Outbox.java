package io.pychain.node.link;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.node.link.TransportConfig.Queues;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for one link, in two lanes, each bounded by bytes.
///
/// ```
///   control  pings, heads, fetches …    first out; a full lane means that the peer is too slow
///   data     pushes, announces, batches in their order; a full lane drops broadcast frames
/// ```
///
/// Pushes and announces share a lane because acknowledgements count them in the order of sending.
/// Frames wait as values, not as bytes: what goes to many links is in memory once, and the writer's
/// thread encodes. A lane that is empty takes a frame of any length.
final class Outbox {
  /// What a frame costs beside what it carries, about.
  private static final int FRAME_BYTES = 64;

  /// What a row of numbers costs, about.
  private static final int ROW_BYTES = 24;

  private final Queues queues;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();

  /// Given only when much has left: whoever is woken for each frame does little else.
  private final Condition drained = lock.newCondition();

  private final ArrayDeque<Frame> control = new ArrayDeque<>();
  private final ArrayDeque<Frame> data = new ArrayDeque<>();
  private long controlBytes;
  private long dataBytes;
  private long droppedFrames;
  private boolean closed;

  Outbox(Queues queues) {
    this.queues = queues;
  }

  /// What became of a frame.
  enum Offered {
    /// It waits.
    QUEUED,
    /// The data lane is full: it is dropped and counted.
    DROPPED,
    /// The control lane is full: nothing was queued, and the link is not worth keeping.
    OVERFLOW,
    /// Nothing goes out any more.
    CLOSED
  }

  /// Queues a frame if there is room; never waits.
  Offered offer(Frame frame) {
    long bytes = bytes(frame);
    boolean isData = isData(frame);
    lock.lock();
    try {
      if (closed) {
        return Offered.CLOSED;
      }
      if (isData && !fits(dataBytes, bytes, queues.dataBytesMax())) {
        droppedFrames++;
        return Offered.DROPPED;
      }
      if (!isData && !fits(controlBytes, bytes, queues.controlBytesMax())) {
        return Offered.OVERFLOW;
      }
      add(frame, bytes, isData);
      return Offered.QUEUED;
    } finally {
      lock.unlock();
    }
  }

  /// Queues a frame in the data lane as soon as little waits there.
  ///
  /// @return whether it was queued: not if the outbox is closed, or the time is up
  boolean offerWhenRoom(Frame frame, Duration patience) throws InterruptedException {
    long bytes = bytes(frame);
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && !fits(dataBytes, bytes, queues.answerBytesMax())) {
        if (left <= 0) {
          return false;
        }
        left = drained.awaitNanos(left);
      }
      if (closed) {
        return false;
      }
      add(frame, bytes, true);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static boolean fits(long waiting, long bytes, long max) {
    return waiting == 0 || waiting + bytes <= max;
  }

  private void add(Frame frame, long bytes, boolean isData) {
    (isData ? data : control).add(frame);
    if (isData) {
      dataBytes += bytes;
    } else {
      controlBytes += bytes;
    }
    filled.signal();
  }

  /// The next frame if one waits.
  Optional<Frame> poll() {
    lock.lock();
    try {
      return remove();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next frame; empty once the outbox is closed and nothing is left.
  Optional<Frame> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (control.isEmpty() && data.isEmpty() && !closed) {
        filled.await();
      }
      return remove();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Frame> remove() {
    if (!control.isEmpty()) {
      Frame frame = control.remove();
      controlBytes -= bytes(frame);
      return Optional.of(frame);
    }
    if (data.isEmpty()) {
      return Optional.empty();
    }
    Frame frame = data.remove();
    dataBytes -= bytes(frame);
    if (dataBytes <= queues.answerBytesMax() / 2) {
      drained.signalAll();
    }
    return Optional.of(frame);
  }

  /// Takes no more; what is in the control lane still goes out, and then the goodbye.
  void closeAfter(Frame.Goodbye goodbye) {
    lock.lock();
    try {
      if (!closed) {
        data.clear();
        dataBytes = 0;
        add(goodbye, bytes(goodbye), false);
        shut();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more and forgets what waits.
  void close() {
    lock.lock();
    try {
      data.clear();
      control.clear();
      dataBytes = 0;
      controlBytes = 0;
      shut();
    } finally {
      lock.unlock();
    }
  }

  private void shut() {
    closed = true;
    filled.signalAll();
    drained.signalAll();
  }

  long queuedBytes() {
    lock.lock();
    try {
      return controlBytes + dataBytes;
    } finally {
      lock.unlock();
    }
  }

  long droppedFrames() {
    lock.lock();
    try {
      return droppedFrames;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isData(Frame frame) {
    return frame instanceof Frame.Push
        || frame instanceof Frame.Announce
        || frame instanceof Frame.Batches;
  }

  /// What a frame takes up while it waits, within some tens of bytes, without encoding it.
  static long bytes(Frame frame) {
    return FRAME_BYTES
        + switch (frame) {
          case Frame.Push push -> push.batch().length();
          case Frame.Announce announce -> announce.record().length();
          case Frame.Batches batches ->
              batches.batches().stream().mapToLong(Batch::length).sum()
                  + ROW_BYTES * (long) batches.floors().size();
          case Frame.Records records ->
              records.records().stream().mapToLong(MemberRecord::length).sum();
          case Frame.Heads heads ->
              ROW_BYTES * (long) (heads.logs().size() + heads.records().size());
          case Frame.Probe probe -> ROW_BYTES * (long) probe.nodes().size();
          case Frame.Hashes hashes -> ROW_BYTES * (long) hashes.children().size();
          case Frame.Fetch fetch -> ROW_BYTES * (long) fetch.ranges().size();
          case Frame.RecordsWanted wanted -> ROW_BYTES * (long) wanted.guids().size();
          case Frame.Hello hello -> hello.record().map(MemberRecord::length).orElse(0);
          case Frame.Admitted admitted ->
              admitted.certificate().sealed().length() + admitted.boot().length();
          case Frame.Goodbye goodbye -> goodbye.detail().length();
          case Frame.Ping _,
              Frame.Pong _,
              Frame.Join _,
              Frame.Ack _,
              Frame.SyncRequest _,
              Frame.Summary _ ->
              0;
        };
  }
}
