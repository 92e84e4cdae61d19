package io.pychain.simulator.check;

import io.pychain.core.message.Batch;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Persist.Delivery;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one node has been asked to publish, and what it has delivered.
final class Account {
  private final Map<Long, Submission> open = new TreeMap<>();
  private final ArrayDeque<Submission> unsealed = new ArrayDeque<>();
  private final ArrayDeque<Delivery> undelivered = new ArrayDeque<>();
  private int[] delivered = new int[4];
  private long durableOffset;
  private long deliveredOffset;
  private long messages;
  private long asked;

  /// Messages of one ticket, on their way to be sealed and acknowledged.
  static final class Submission {
    private final List<Message> messages;
    private final long time;
    private int sealed;
    private @Nullable LogId log;
    private long firstSeq;

    Submission(List<Message> messages, long time) {
      this.messages = messages;
      this.time = time;
    }

    int size() {
      return messages.size();
    }

    long time() {
      return time;
    }

    boolean begun() {
      return sealed > 0;
    }

    Optional<LogId> log() {
      return Optional.ofNullable(log);
    }

    long firstSeq() {
      return firstSeq;
    }

    boolean allSealed() {
      return sealed == messages.size();
    }

    /// What was sealed of this ticket is void.
    void unseal() {
      sealed = 0;
    }

    /// Takes note that a message was sealed, if it is the next of this ticket.
    boolean seal(Message message, LogId inLog, long seq) {
      if (allSealed() || !messages.get(sealed).equals(message)) {
        return false;
      }
      if (sealed++ == 0) {
        log = inLog;
        firstSeq = seq;
      }
      return true;
    }
  }

  /// The first batch of each of the first logs is durable and delivered here.
  void founded(List<Batch> batches) {
    delivered = new int[batches.size()];
    Arrays.fill(delivered, 1);
    durableOffset = batches.stream().mapToLong(batch -> batch.messages().size()).sum();
    deliveredOffset = durableOffset;
    messages = durableOffset;
  }

  /// A batch was on the disk that this account begins with, and needs no delivery.
  void restore(Book book, Delivery delivery) {
    countDelivered(book, delivery.batch());
    durableOffset = last(delivery);
    deliveredOffset = durableOffset;
  }

  void submit(long ticket, Submission submission) {
    if (open.put(ticket, submission) != null) {
      throw new RuleBroken("ticket %d is used twice".formatted(ticket));
    }
    unsealed.add(submission);
  }

  /// The oldest ticket with messages that are yet to be sealed.
  Optional<Submission> nextToSeal() {
    while (!unsealed.isEmpty() && unsealed.peek().allSealed()) {
      unsealed.poll();
    }
    return Optional.ofNullable(unsealed.peek());
  }

  /// Closes a ticket that is answered.
  Submission close(long ticket) {
    Submission submission = open.remove(ticket);
    if (submission == null) {
      throw new RuleBroken("each ticket is answered once: ticket %d".formatted(ticket));
    }
    if (!submission.allSealed()) {
      unsealed.remove(submission);
    }
    return submission;
  }

  /// How many tickets wait for an answer.
  int openTickets() {
    return open.size();
  }

  /// How many batches of a book this node has delivered.
  int delivered(Book book) {
    return book.index() < delivered.length ? delivered[book.index()] : 0;
  }

  /// How many messages this node has delivered.
  long messages() {
    return messages;
  }

  /// How many of these applications have published.
  long asked() {
    return asked;
  }

  void countDelivered(Book book, Batch batch) {
    messages += batch.messages().size();
    asked += book.asked(batch.firstSeq(), batch.lastSeq());
    if (book.index() >= delivered.length) {
      delivered = Arrays.copyOf(delivered, Math.max(book.index() + 1, 2 * delivered.length));
    }
    delivered[book.index()]++;
  }

  /// A batch has become durable here.
  void becameDurable(Delivery delivery) {
    if (delivery.firstOffset() != durableOffset + 1) {
      throw new RuleBroken(
          "offsets have no gaps: %s is stored at %d after %d"
              .formatted(delivery.batch(), delivery.firstOffset(), durableOffset));
    }
    durableOffset = last(delivery);
    undelivered.add(delivery);
  }

  /// A batch goes to the subscribers here.
  void deliver(Delivery delivery) {
    if (delivery.firstOffset() != deliveredOffset + 1) {
      throw new RuleBroken(
          "each offset is delivered once, in order: %s at %d after %d"
              .formatted(delivery.batch(), delivery.firstOffset(), deliveredOffset));
    }
    Delivery next = undelivered.poll();
    if (next == null || !next.batch().equals(delivery.batch())) {
      throw new RuleBroken(
          "only what is durable is delivered: %s, durable is %s"
              .formatted(delivery.batch(), next == null ? "nothing more" : next.batch()));
    }
    deliveredOffset = last(delivery);
  }

  /// Whether a message is durable here.
  boolean holds(Book book, long seq) {
    int count = delivered(book);
    return (count > 0 && book.batch(count - 1).lastSeq() >= seq)
        || undelivered.stream()
            .map(Delivery::batch)
            .anyMatch(batch -> batch.log().equals(book.log()) && batch.lastSeq() >= seq);
  }

  /// The next durable batch that has not gone to the subscribers.
  Optional<Delivery> nextUndelivered() {
    return Optional.ofNullable(undelivered.peek());
  }

  /// What was sealed and is not durable is void, which is all that is not answered.
  void unseal() {
    unsealed.clear();
    unsealed.addAll(open.values());
    open.values().forEach(Submission::unseal);
  }

  /// All tickets are void: whoever waited for an answer never gets it.
  void crash() {
    open.clear();
    unsealed.clear();
  }

  private static long last(Delivery delivery) {
    return delivery.firstOffset() + delivery.batch().messages().size() - 1;
  }
}
