package io.pychain.core.log;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All logs that this node holds.
public final class Logs {
  private final LogTable logs = new LogTable();
  private final long waitingBytesMax;
  private long waitingBytes;

  /// Holds nothing yet.
  ///
  /// @param waitingBytesMax most bytes of batches, of all logs together, that wait for gaps
  public Logs(long waitingBytesMax) {
    this.waitingBytesMax = waitingBytesMax;
  }

  /// Sets the end of a log as it was found on disk.
  public void restore(LogId log, long seq, Digest hash) {
    logs.open(log).restore(new Log.End(seq, Optional.of(hash)));
  }

  /// Takes a batch, if it fits.
  public Offer offer(Entry entry) {
    Batch batch = entry.batch();
    Log log = logs.open(batch.log());
    long next = log.taken().seq() + 1;
    if (batch.lastSeq() < next) {
      return new Offer.Duplicate();
    }
    if (batch.firstSeq() > next) {
      return keep(log, entry, new Range(batch.log(), next, batch.firstSeq() - 1));
    }
    if (!log.taken().precedes(batch)) {
      return new Offer.Forked();
    }
    List<Entry> accepted = new ArrayList<>();
    take(log, entry, accepted);
    takeWaiting(log, accepted);
    return new Offer.Accepted(accepted);
  }

  private Offer keep(Log log, Entry entry, Range gap) {
    Batch batch = entry.batch();
    if (log.waiting().containsKey(batch.firstSeq())) {
      return new Offer.Duplicate();
    }
    if (waitingBytes + batch.length() > waitingBytesMax) {
      return new Offer.Full(gap);
    }
    log.waiting().put(batch.firstSeq(), entry);
    waitingBytes += batch.length();
    return new Offer.Waiting(gap);
  }

  private void takeWaiting(Log log, List<Entry> accepted) {
    Map.Entry<Long, Entry> first = log.waiting().firstEntry();
    while (first != null && first.getKey() <= log.taken().seq() + 1) {
      log.waiting().pollFirstEntry();
      waitingBytes -= first.getValue().batch().length();
      if (log.taken().precedes(first.getValue().batch())) {
        take(log, first.getValue(), accepted);
      }
      first = log.waiting().firstEntry();
    }
  }

  private static void take(Log log, Entry entry, List<Entry> accepted) {
    log.take(entry.batch());
    accepted.add(entry);
  }

  /// Notes that a log is on disk up to this batch.
  public void persisted(Batch batch) {
    logs.open(batch.log()).makeDurable(Log.End.after(batch));
  }

  /// Lets go of everything that was taken and is not on disk: the disk refused it.
  public void forgetWhatIsNotDurable() {
    logs.forEach((_, log) -> log.forgetWhatIsNotDurable());
  }

  /// Begins a log at the first message that others still hold, where they have pruned the earlier
  /// ones. Does nothing if the log is held that far.
  ///
  /// @return what had waited and now continues the log; taken
  public List<Entry> startAt(LogId id, long floor) {
    Log log = logs.open(id);
    List<Entry> accepted = new ArrayList<>();
    if (floor > log.taken().seq() + 1) {
      log.skipTo(new Log.End(floor - 1, Optional.empty()));
      takeWaiting(log, accepted);
    }
    return accepted;
  }

  /// Number of the last message taken, 0 if none.
  public long taken(LogId id) {
    return logs.find(id).map(log -> log.taken().seq()).orElse(0L);
  }

  /// Number of the last message that is missing before the first that waits; where none waits,
  /// everything after what was taken is missing.
  public long gapEnd(LogId id) {
    return logs.find(id)
        .filter(log -> !log.waiting().isEmpty())
        .map(log -> log.waiting().firstKey() - 1)
        .orElse(Long.MAX_VALUE);
  }

  /// Hash of the last batch taken, zero if none.
  public Digest takenHash(LogId id) {
    return logs.find(id).flatMap(log -> log.taken().hash()).orElse(Digest.ZERO);
  }

  /// Number of the last message on disk, 0 if none.
  public long durable(LogId id) {
    return logs.find(id).map(log -> log.durable().seq()).orElse(0L);
  }

  /// The logs of an origin, each up to what is on disk.
  public List<LogHead> durable(Guid guid) {
    List<LogHead> heads = new ArrayList<>();
    logs.forEach(guid, (id, log) -> addHead(heads, id, log));
    return heads;
  }

  /// All logs, each up to what is on disk.
  public List<LogHead> durable() {
    List<LogHead> heads = new ArrayList<>();
    logs.forEach((id, log) -> addHead(heads, id, log));
    return heads;
  }

  private static void addHead(List<LogHead> heads, LogId id, Log log) {
    if (log.durable().seq() > 0) {
      heads.add(new LogHead(id, log.durable().seq()));
    }
  }
}
