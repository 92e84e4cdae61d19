package io.pychain.node.engine;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Message;
import io.pychain.core.message.Reach;
import io.pychain.core.protocol.Input;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for the protocol's thread, bounded in number and bytes, in four lanes:
///
/// ```
///   reports   of the store          never wait: the protocol's thread may be waiting for the
///                                   store's writer, and neither may wait for the other at once
///   commands  of an operator        never wait: a node that cannot keep up can still be told to
///                                   leave
///   urgent    links that come up,   go before data, as they did on the link
///             heartbeats, records,
///             events of the system
///   data      all else              a link's reader waits for room, and so its peer's TCP does; a
///                                   publisher waits a little and is refused
/// ```
///
/// A link's frames may overtake each other here, but none its link's coming up, and the link's end
/// overtakes nothing.
final class Inbox {
  /// Inputs handed out together; more wait for the next round, so that deadlines are met.
  private static final int ROUND_MAX = 512;

  /// Commands that wait at a time.
  static final int COMMANDS_MAX = 64;

  /// The bytes of the urgent lane are this part of those of the other.
  private static final int URGENT_PART = 8;

  /// What an input costs in memory beside its bytes.
  private static final int OVERHEAD_BYTES = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Input> reports = new ArrayDeque<>();
  private final ArrayDeque<Input> commands = new ArrayDeque<>();
  private final Lane urgent;
  private final Lane data;
  private boolean woken;
  private boolean closed;

  Inbox(int countMax, long bytesMax) {
    this.urgent = new Lane(countMax, bytesMax / URGENT_PART);
    this.data = new Lane(countMax, bytesMax);
  }

  /// Inputs in order. One input of any size fits an empty lane.
  private static final class Lane {
    private final int countMax;
    private final long bytesMax;
    private final ArrayDeque<Input> inputs = new ArrayDeque<>();
    private long bytes;

    Lane(int countMax, long bytesMax) {
      this.countMax = countMax;
      this.bytesMax = bytesMax;
    }

    boolean isFull() {
      return inputs.size() >= countMax || bytes >= bytesMax;
    }

    void add(Input input) {
      inputs.addLast(input);
      bytes += weight(input);
    }

    Input remove() {
      Input input = inputs.removeFirst();
      bytes -= weight(input);
      return input;
    }
  }

  private Lane laneOf(Input input) {
    return switch (input) {
      case Input.LinkUp _, Input.GuestUp _ -> urgent;
      case Input.Received(_, Frame frame) -> isUrgent(frame) ? urgent : data;
      default -> data;
    };
  }

  private static boolean isUrgent(Frame frame) {
    return switch (frame) {
      case Frame.Carrier carrier -> carrier.isUrgent();
      case Frame.Ping _, Frame.Pong _, Frame.Ack _ -> true;
      default -> false;
    };
  }

  /// What is durable, or why nothing is. Later reports stand for earlier ones of their kind, so the
  /// lane stays as short as the store's troubles are few.
  void report(Input report) {
    lock.lock();
    try {
      boolean repeats = !reports.isEmpty() && reports.getLast().getClass() == report.getClass();
      if (repeats) {
        reports.removeLast();
      }
      reports.addLast(report);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /// What an operator asks for, which goes before everything but reports. Never waits.
  ///
  /// @return whether it was taken: not if so many wait already, or the inbox is closed
  boolean command(Input command) {
    lock.lock();
    try {
      boolean taken = !closed && commands.size() < COMMANDS_MAX;
      if (taken) {
        commands.addLast(command);
        work.signal();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for room. A closed inbox takes nothing and does not wait.
  void put(Input input) throws InterruptedException {
    Lane lane = laneOf(input);
    lock.lockInterruptibly();
    try {
      while (lane.isFull() && !closed) {
        room.await();
      }
      add(lane, input);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for room for so long at most.
  ///
  /// @return whether it was taken
  boolean offer(Input input, Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    Lane lane = laneOf(input);
    lock.lockInterruptibly();
    try {
      while (lane.isFull() && !closed && left > 0) {
        left = room.awaitNanos(left);
      }
      boolean taken = !lane.isFull() && !closed;
      if (taken) {
        add(lane, input);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void add(Lane lane, Input input) {
    if (!closed) {
      lane.add(input);
      work.signal();
    }
  }

  /// Everything that waits, in the order of the lanes, up to the size of a round. Waits for
  /// something to come, for a [#wake], or for so long at most.
  List<Input> take(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (isEmpty() && !woken && !closed && left > 0) {
        left = work.awaitNanos(left);
      }
      woken = false;
      return drain();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return reports.isEmpty()
        && commands.isEmpty()
        && urgent.inputs.isEmpty()
        && data.inputs.isEmpty();
  }

  /// What is urgent takes at most half of a round, so that nobody can keep data waiting for ever.
  private List<Input> drain() {
    List<Input> round = new ArrayList<>(reports);
    round.addAll(commands);
    reports.clear();
    commands.clear();
    int most = round.size() + ROUND_MAX;
    while (!urgent.inputs.isEmpty() && round.size() < most - ROUND_MAX / 2) {
      round.add(urgent.remove());
    }
    while (!data.inputs.isEmpty() && round.size() < most) {
      round.add(data.remove());
    }
    room.signalAll();
    return round;
  }

  /// Bytes that wait, but for reports and commands.
  long queuedBytes() {
    lock.lock();
    try {
      return urgent.bytes + data.bytes;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a [#take] that waits.
  void wake() {
    lock.lock();
    try {
      woken = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Takes nothing more, and lets go whoever waits for room.
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /// What an input holds on to, in bytes.
  static long weight(Input input) {
    return OVERHEAD_BYTES
        + switch (input) {
          case Input.Publish publish -> ofMessages(publish.messages());
          case Input.Received received -> ofFrame(received.frame());
          case Input.Found found -> found.batch().map(Batch::length).orElse(0);
          case Input.SyncNow _,
              Input.Leave _,
              Input.Ban _,
              Input.Unban _,
              Input.Rotate _,
              Input.LayDown _,
              Input.Survey _,
              Input.Persisted _,
              Input.PersistFailed _,
              Input.LinkUp _,
              Input.GuestUp _,
              Input.LinkDown _,
              Input.DialFailed _,
              Input.Unsent _,
              Input.UnknownOrigin _,
              Input.Misdeed _,
              Input.Wake _ ->
              0;
        };
  }

  private static long ofMessages(List<Message> messages) {
    return messages.stream().mapToLong(message -> message.data().length()).sum();
  }

  /// Only frames that carry payloads weigh: the others are small by the limits of the wire.
  private static long ofFrame(Frame frame) {
    return switch (frame) {
      case Frame.Push push -> push.batch().length();
      case Frame.Fork fork -> fork.length();
      case Frame.Batches batches -> batches.batches().stream().mapToLong(Batch::length).sum();
      case Frame.Announce announce -> announce.record().length();
      case Frame.Records records -> 512L * records.records().size();
      case Reach.Tally tally -> 16L * tally.missing().size();
      default -> 0;
    };
  }
}
