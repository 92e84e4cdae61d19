package io.pychain.simulator.check;

import io.pychain.core.message.Batch;
import io.pychain.core.message.LogId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The true content of one log, as its origin sealed it.
final class Book {
  private final LogId log;
  private final int index;
  private final int origin;
  private final List<Batch> batches = new ArrayList<>();
  private long[] publishedAt = new long[8];
  private long sealed;
  private long asked;
  private long founded;
  private long durable;
  private long acknowledged;
  private long spread;

  /// @param index of this book among all
  /// @param origin the node that seals it
  Book(LogId log, int index, int origin) {
    this.log = log;
    this.index = index;
    this.origin = origin;
  }

  LogId log() {
    return log;
  }

  int index() {
    return index;
  }

  int origin() {
    return origin;
  }

  /// How many batches it has.
  int size() {
    return batches.size();
  }

  Batch batch(int at) {
    return batches.get(at);
  }

  /// Number of the last message sealed.
  long sealed() {
    return sealed;
  }

  /// Number of the last message that is durable at the origin.
  long durable() {
    return durable;
  }

  /// Number of the last message that the origin has acknowledged.
  long acknowledged() {
    return acknowledged;
  }

  /// When a message was published, in nanoseconds of the world.
  long publishedAt(long seq) {
    return publishedAt[Math.toIntExact(seq - 1)];
  }

  /// Adds what the origin has just sealed. `publishedAt` of its messages is to be set one by one.
  void seal(Batch batch) {
    batches.add(batch);
    sealed = batch.lastSeq();
    while (publishedAt.length < sealed) {
      publishedAt = Arrays.copyOf(publishedAt, 2 * publishedAt.length);
    }
  }

  void published(long seq, long time) {
    publishedAt[Math.toIntExact(seq - 1)] = time;
    asked += isAsked(seq) ? 1 : 0;
  }

  /// How many of its messages applications have published; the others are the origin's own events.
  long asked() {
    return asked;
  }

  /// How many of those from one message to another, both included, applications have published.
  long asked(long from, long until) {
    long count = 0;
    for (long seq = from; seq <= until; seq++) {
      count += isAsked(seq) ? 1 : 0;
    }
    return count;
  }

  private boolean isAsked(long seq) {
    return publishedAt(seq) != Ledger.PublishTimes.UNASKED;
  }

  void becameDurable(long seq) {
    durable = seq;
  }

  void wasAcknowledged(long seq) {
    acknowledged = Math.max(acknowledged, seq);
  }

  /// Forgets what the origin has lost in a crash: nobody else has ever had it.
  void retractUndurable() {
    asked -= asked(durable + 1, sealed);
    while (!batches.isEmpty() && batches.getLast().lastSeq() > durable) {
      batches.removeLast();
    }
    sealed = durable;
  }

  /// The world begins with what is sealed so far, durable everywhere.
  void founded() {
    durable = sealed;
    founded = sealed;
    spread = sealed;
  }

  /// Whether anything was sealed since the world began.
  boolean hasGrown() {
    return sealed > founded;
  }

  /// Another node has taken the log up to this message.
  void spread(long seq) {
    spread = Math.max(spread, seq);
  }

  /// Forgets what the origin has lost with its disk and nobody else has.
  ///
  /// @param held up to where the origin still has it
  void retractUnspread(long held) {
    durable = Math.min(durable, Math.max(held, spread));
    acknowledged = Math.min(acknowledged, durable);
    retractUndurable();
  }

  /// Whether this batch, to the last bit, is part of the log.
  boolean contains(Batch batch) {
    int low = 0;
    int high = batches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (batches.get(middle).firstSeq() < batch.firstSeq()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < batches.size() && batches.get(low).equals(batch);
  }
}
