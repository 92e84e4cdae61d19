package io.pychain.node.link;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Reach;
import io.pychain.node.link.TransportConfig.Queues;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for one link, in three lanes, each bounded by bytes.
///
/// ```
///   control  pings, heads, fetches …    first out; a full lane means that the peer is too slow
///   urgent   member records, events     next; a full lane refuses what is broadcast
///            of the system
///   data     pushes, batches in their   last; a full lane refuses what is broadcast, as it does
///            order                      when all outboxes together are full
/// ```
///
/// After so many urgent frames in a row one of data goes out, so that nobody can keep data back for
/// ever by calling what he sends urgent. Frames wait as values, not as bytes: what goes to many
/// links is in memory once, and the writer's thread encodes. A lane that is empty takes a frame of
/// any length.
final class Outbox {
  /// Urgent frames in a row while data waits.
  static final int URGENT_RUN_MAX = 64;

  /// What a frame costs beside what it carries, about.
  private static final int FRAME_BYTES = 64;

  /// What a row of numbers costs, about.
  private static final int ROW_BYTES = 24;

  private final Queues queues;
  private final Budget budget;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();

  /// Given only when much has left: whoever is woken for each frame does little else.
  private final Condition drained = lock.newCondition();

  private final Lane control;
  private final Lane urgent;
  private final Lane data;
  private int urgentRun;
  private long droppedFrames;
  private boolean closed;

  /// @param budget shared by the data lanes of all outboxes
  Outbox(Queues queues, Budget budget) {
    this.queues = queues;
    this.budget = budget;
    this.control = new Lane(queues.controlBytesMax());
    this.urgent = new Lane(queues.urgentBytesMax());
    this.data = new Lane(queues.dataBytesMax());
  }

  /// Frames of one kind, in order.
  private static final class Lane {
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final long bytesMax;
    private long bytes;

    Lane(long bytesMax) {
      this.bytesMax = bytesMax;
    }

    boolean fits(long more, long max) {
      return frames.isEmpty() || bytes + more <= max;
    }

    void add(Frame frame, long length) {
      frames.add(frame);
      bytes += length;
    }

    Frame remove() {
      Frame frame = frames.remove();
      bytes -= Outbox.bytes(frame);
      return frame;
    }

    void clear() {
      frames.clear();
      bytes = 0;
    }
  }

  /// What became of a frame.
  enum Offered {
    /// It waits.
    QUEUED,
    /// There is no room for what is broadcast: it is refused and counted.
    DROPPED,
    /// The control lane is full: nothing was queued, and the link is not worth keeping.
    OVERFLOW,
    /// Nothing goes out any more.
    CLOSED
  }

  /// Queues a frame if there is room; never waits.
  Offered offer(Frame frame) {
    long bytes = bytes(frame);
    Lane lane = laneOf(frame);
    lock.lock();
    try {
      if (closed) {
        return Offered.CLOSED;
      }
      if (lane.fits(bytes, lane.bytesMax) && (lane != data || afford(bytes))) {
        add(lane, frame, bytes);
        return Offered.QUEUED;
      }
      droppedFrames += lane == control ? 0 : 1;
      return lane == control ? Offered.OVERFLOW : Offered.DROPPED;
    } finally {
      lock.unlock();
    }
  }

  private Lane laneOf(Frame frame) {
    return switch (frame) {
      case Frame.Carrier carrier -> carrier.isUrgent() ? urgent : data;
      case Frame.Batches _ -> data;
      default -> control;
    };
  }

  private boolean afford(long bytes) {
    if (data.frames.isEmpty()) {
      budget.force(bytes);
      return true;
    }
    return budget.take(bytes);
  }

  /// Queues a frame in the data lane as soon as little waits there.
  ///
  /// @return whether it was queued: not if the outbox is closed, or the time is up
  boolean offerWhenRoom(Frame frame, Duration patience) throws InterruptedException {
    long bytes = bytes(frame);
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && !data.fits(bytes, queues.answerBytesMax())) {
        if (left <= 0) {
          return false;
        }
        left = drained.awaitNanos(left);
      }
      if (closed) {
        return false;
      }
      budget.force(bytes);
      add(data, frame, bytes);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void add(Lane lane, Frame frame, long bytes) {
    lane.add(frame, bytes);
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
      while (isEmpty() && !closed) {
        filled.await();
      }
      return remove();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return control.frames.isEmpty() && urgent.frames.isEmpty() && data.frames.isEmpty();
  }

  private Optional<Frame> remove() {
    if (!control.frames.isEmpty()) {
      return Optional.of(control.remove());
    }
    boolean dataIsDue = urgentRun >= URGENT_RUN_MAX && !data.frames.isEmpty();
    if (!urgent.frames.isEmpty() && !dataIsDue) {
      urgentRun++;
      return Optional.of(urgent.remove());
    }
    urgentRun = 0;
    return data.frames.isEmpty() ? Optional.empty() : Optional.of(removeData());
  }

  private Frame removeData() {
    long before = data.bytes;
    Frame frame = data.remove();
    budget.give(before - data.bytes);
    if (data.bytes <= queues.answerBytesMax() / 2) {
      drained.signalAll();
    }
    return frame;
  }

  /// Takes no more; what is in the control lane still goes out, what is urgent too, and then the
  /// goodbye.
  void closeAfter(Frame.Goodbye goodbye) {
    lock.lock();
    try {
      if (!closed) {
        forgetData();
        add(urgent, goodbye, bytes(goodbye));
        shut();
      }
    } finally {
      lock.unlock();
    }
  }

  private void forgetData() {
    budget.give(data.bytes);
    data.clear();
  }

  /// Takes no more and forgets what waits.
  void close() {
    lock.lock();
    try {
      forgetData();
      control.clear();
      urgent.clear();
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
      return control.bytes + urgent.bytes + data.bytes;
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

  /// What a frame takes up while it waits, within some tens of bytes, without encoding it.
  static long bytes(Frame frame) {
    return FRAME_BYTES
        + switch (frame) {
          case Frame.Push push -> push.batch().length();
          case Frame.Announce announce -> announce.record().length();
          case Frame.Fork fork -> fork.length();
          case Frame.ForksWanted wanted -> ROW_BYTES * (long) wanted.logs().size();
          case Frame.Batches batches ->
              batches.batches().stream().mapToLong(Batch::length).sum()
                  + ROW_BYTES * (long) batches.floors().size();
          case Frame.Records records ->
              records.records().stream().mapToLong(MemberRecord::length).sum();
          case Frame.Heads heads ->
              ROW_BYTES * (long) (heads.logs().size() + heads.records().size());
          case Frame.News news -> ROW_BYTES * (long) (news.logs().size() + news.records().size());
          case Frame.Probe probe -> ROW_BYTES * (long) probe.nodes().size();
          case Frame.Hashes hashes -> ROW_BYTES * (long) hashes.children().size();
          case Frame.Fetch fetch -> ROW_BYTES * (long) fetch.ranges().size();
          case Frame.RecordsWanted wanted -> ROW_BYTES * (long) wanted.guids().size();
          case Reach.Tally tally -> ROW_BYTES * (long) tally.missing().size();
          case Frame.Hello hello -> hello.record().map(MemberRecord::length).orElse(0);
          case Frame.Admitted admitted ->
              admitted.certificate().sealed().length() + admitted.boot().length();
          case Parameters parameters -> parameters.sealed().length();
          case Frame.Goodbye goodbye -> goodbye.detail().length();
          case Frame.BeforeTls _,
              Frame.Ping _,
              Frame.Pong _,
              Frame.Join _,
              Frame.Ack _,
              Frame.SyncRequest _,
              Frame.Summary _,
              Reach.Survey _ ->
              0;
        };
  }
}
