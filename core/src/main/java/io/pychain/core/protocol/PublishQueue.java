package io.pychain.core.protocol;

import io.pychain.core.message.Message;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// What waits to be sealed, in two lanes: events of the system go first, and by themselves, so that
/// their batches overtake data on every link. Bounded in bytes.
final class PublishQueue {
  /// Ticket of messages that the node publishes itself: nobody waits for an answer.
  static final long NO_TICKET = 0;

  /// What a message costs beside its payload and its content type, in bytes: more than it takes in
  /// a batch, and so much that a queue of empty messages is bounded too.
  static final int MESSAGE_COST = 64;

  private final ProtocolConfig config;
  private final Deque<Waiting> events = new ArrayDeque<>();
  private final Deque<Waiting> data = new ArrayDeque<>();
  private long bytes;

  /// Messages that go into one batch.
  ///
  /// @param ticket whose, or [#NO_TICKET]
  /// @param messages to seal
  /// @param bytes that they cost
  /// @param since when they were published
  record Waiting(long ticket, List<Message> messages, long bytes, Instant since) {
    Waiting(long ticket, List<Message> messages, Instant since) {
      this(ticket, messages, cost(messages), since);
    }
  }

  PublishQueue(ProtocolConfig config) {
    this.config = config;
  }

  /// What messages cost, in bytes.
  static long cost(List<Message> messages) {
    return messages.stream().mapToLong(PublishQueue::cost).sum();
  }

  /// A character takes three bytes at most.
  private static long cost(Message message) {
    return MESSAGE_COST + message.data().length() + 3L * message.contentType().length();
  }

  /// Whether so much more may wait: an empty queue takes anything.
  boolean hasRoom(long more) {
    return bytes == 0 || bytes + more <= config.publishQueueBytesMax();
  }

  void add(Waiting waiting) {
    boolean urgent = waiting.messages().stream().allMatch(Message::isSystemEvent);
    (urgent ? events : data).add(waiting);
    bytes += waiting.bytes();
  }

  /// Takes what goes into the next batch; nothing if nothing may go.
  ///
  /// @param dataToo whether data may go, if no event waits
  List<Waiting> next(boolean dataToo) {
    if (!events.isEmpty()) {
      return next(events);
    }
    return dataToo ? next(data) : List.of();
  }

  private List<Waiting> next(Deque<Waiting> lane) {
    List<Waiting> next = new ArrayList<>();
    long size = 0;
    int messages = 0;
    while (!lane.isEmpty() && fits(lane.element(), size, messages)) {
      Waiting waiting = lane.remove();
      next.add(waiting);
      size += waiting.bytes();
      messages += waiting.messages().size();
    }
    bytes -= size;
    return next;
  }

  private boolean fits(Waiting next, long size, int messages) {
    return messages == 0
        || (size + next.bytes() <= config.batchBytesMax()
            && messages + next.messages().size() <= config.batchMessagesMax());
  }

  /// Takes out the requests that were made at or before a time; what the node publishes itself goes
  /// on waiting.
  List<Waiting> takeRequests(Instant until) {
    List<Waiting> taken = new ArrayList<>();
    takeRequests(events, until, taken);
    takeRequests(data, until, taken);
    return taken;
  }

  private void takeRequests(Deque<Waiting> lane, Instant until, List<Waiting> taken) {
    Iterator<Waiting> oldestFirst = lane.iterator();
    boolean late = true;
    while (late && oldestFirst.hasNext()) {
      Waiting waiting = oldestFirst.next();
      late = !waiting.since().isAfter(until);
      if (late && waiting.ticket() != NO_TICKET) {
        oldestFirst.remove();
        bytes -= waiting.bytes();
        taken.add(waiting);
      }
    }
  }

  /// Takes out everything.
  List<Waiting> takeAll() {
    List<Waiting> taken = new ArrayList<>(events);
    taken.addAll(data);
    events.clear();
    data.clear();
    bytes = 0;
    return taken;
  }

  /// When the oldest request was made; [Instant#MAX] if there is none.
  Instant oldest() {
    Instant oldest = data.isEmpty() ? Instant.MAX : data.element().since();
    for (Waiting event : events) {
      if (event.ticket() != NO_TICKET) {
        return event.since().isBefore(oldest) ? event.since() : oldest;
      }
    }
    return oldest;
  }

  boolean isEmpty() {
    return events.isEmpty() && data.isEmpty();
  }

  long bytes() {
    return bytes;
  }
}
