package io.pychain.core.log;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// All logs that this node holds: each taken up to a point, durable up to a point not beyond it,
/// and batches that wait.
///
/// ```
///   1 ─────────── durable ──────── taken    gap    waiting
///   on disk               on its way there         in memory, bounded
/// ```
///
/// Nearly all logs are at rest: durable as far as taken, with nothing that waits. The table holds
/// how far they are taken; what is more than that stands beside it for as long as it is so.
public final class Logs {
  private final LogTable table = new LogTable();

  /// By row, where a log is durable to, of those that are taken further.
  private final TreeMap<Integer, End> unwritten = new TreeMap<>();

  /// By row, the first message of logs that were begun later than at their beginning.
  private final TreeMap<Integer, Long> begins = new TreeMap<>();

  /// By row, batches that wait for a gap to close, by the number of their first message.
  private final TreeMap<Integer, TreeMap<Long, Entry>> waiting = new TreeMap<>();

  /// By row, the bytes of what waits.
  private final TreeMap<Integer, Long> waitingOf = new TreeMap<>();

  private final long waitingBytesMax;
  private final TreeSet<LogId> forked = new TreeSet<>();
  private final TreeSet<LogId> durablyForked = new TreeSet<>();
  private long waitingBytes;

  /// Holds nothing yet.
  ///
  /// @param waitingBytesMax most bytes of batches, of all logs together, that wait for gaps. No log
  ///   has more of it than is left for the others: one alone may have half, two a third each
  public Logs(long waitingBytesMax) {
    this.waitingBytesMax = waitingBytesMax;
  }

  /// Makes room for so many logs that are about to be restored.
  public void expect(int count) {
    table.expect(count);
  }

  /// Sets the end of a log as it was found on disk.
  ///
  /// @param first message from which on it was taken without a gap
  public void restore(LogId log, long first, long seq, Digest hash) {
    int row = table.open(log);
    table.moveTo(row, new End(seq, Optional.of(hash)));
    if (first > 1) {
      begins.put(row, first);
    }
  }

  /// Takes a batch, if it fits.
  public Offer offer(Entry entry) {
    Batch batch = entry.batch();
    int row = table.open(batch.log());
    long next = table.seq(row) + 1;
    if (batch.lastSeq() < next) {
      return new Offer.Duplicate();
    }
    if (batch.firstSeq() > next) {
      return keep(row, entry, new Range(batch.log(), next, batch.firstSeq() - 1));
    }
    if (!table.end(row).precedes(batch)) {
      return new Offer.Forked(Optional.empty());
    }
    List<Entry> accepted = new ArrayList<>();
    take(row, entry, accepted);
    return new Offer.Accepted(accepted, takeWaiting(row, accepted));
  }

  private Offer keep(int row, Entry entry, Range gap) {
    Batch batch = entry.batch();
    TreeMap<Long, Entry> kept = waiting.get(row);
    Entry same = kept == null ? null : kept.get(batch.firstSeq());
    if (same != null) {
      boolean again = same.batch().hash().equals(batch.hash());
      return again ? new Offer.Duplicate() : new Offer.Forked(Optional.of(same.batch()));
    }
    long own = waitingOf.getOrDefault(row, 0L) + batch.length();
    if (own > waitingBytesMax - waitingBytes - batch.length()) {
      return new Offer.Full(gap);
    }
    waiting.computeIfAbsent(row, _ -> new TreeMap<>()).put(batch.firstSeq(), entry);
    waits(row, batch.length());
    return new Offer.Waiting(gap);
  }

  /// Whether this very batch waits for a gap to close.
  public boolean isWaiting(Batch batch) {
    TreeMap<Long, Entry> kept = waiting.get(table.find(batch.log()));
    Entry same = kept == null ? null : kept.get(batch.firstSeq());
    return same != null && same.batch().hash().equals(batch.hash());
  }

  private void waits(int row, long bytes) {
    waitingBytes += bytes;
    waitingOf.merge(row, bytes, Long::sum);
    waitingOf.remove(row, 0L);
  }

  /// @return the first that does not continue what came before it
  private Optional<Batch> takeWaiting(int row, List<Entry> accepted) {
    TreeMap<Long, Entry> kept = waiting.get(row);
    if (kept == null) {
      return Optional.empty();
    }
    Optional<Batch> misfit = Optional.empty();
    while (!kept.isEmpty() && kept.firstKey() <= table.seq(row) + 1) {
      Entry first = kept.pollFirstEntry().getValue();
      waits(row, -first.batch().length());
      if (table.end(row).precedes(first.batch())) {
        take(row, first, accepted);
      } else if (misfit.isEmpty()) {
        misfit = Optional.of(first.batch());
      }
    }
    if (kept.isEmpty()) {
      waiting.remove(row);
    }
    return misfit;
  }

  /// From now on nothing more is taken of a log: it is forked. What waited is let go.
  public void fork(LogId id) {
    forked.add(id);
    letGo(table.find(id));
  }

  /// Lets go of what waits of an origin's logs: nothing more is taken of them.
  public void letGo(Guid origin) {
    table.forEach(origin, this::letGo);
  }

  private void letGo(int row) {
    TreeMap<Long, Entry> kept = waiting.remove(row);
    if (kept != null) {
      kept.values().forEach(entry -> waits(row, -entry.batch().length()));
    }
  }

  /// That a log is forked is on disk: nobody is told any more how far it is held.
  public void forkPersisted(LogId id) {
    forked.add(id);
    durablyForked.add(id);
  }

  /// Whether a log is known to be forked.
  public boolean isForked(LogId id) {
    return forked.contains(id);
  }

  /// The logs of an origin that are forked, as far as that is on disk.
  public List<LogId> forks(Guid guid) {
    return List.copyOf(
        durablyForked.subSet(new LogId(guid, 1), true, new LogId(guid, Integer.MAX_VALUE), true));
  }

  /// All logs that are forked, as far as that is on disk.
  public List<LogId> forks() {
    return List.copyOf(durablyForked);
  }

  private void take(int row, Entry entry, List<Entry> accepted) {
    advance(row, End.after(entry.batch()));
    accepted.add(entry);
  }

  /// Takes a log further than it is durable.
  private void advance(int row, End end) {
    unwritten.putIfAbsent(row, table.end(row));
    table.moveTo(row, end);
  }

  /// Notes that a log is on disk up to this batch.
  public void persisted(Batch batch) {
    int row = table.open(batch.log());
    if (batch.lastSeq() >= table.seq(row)) {
      table.moveTo(row, End.after(batch));
      unwritten.remove(row);
    } else if (batch.lastSeq() > durable(row)) {
      unwritten.put(row, End.after(batch));
    }
  }

  /// Lets go of everything that was taken and is not on disk: the disk refused it.
  public void forgetWhatIsNotDurable() {
    unwritten.forEach(table::moveTo);
    unwritten.clear();
    forked.retainAll(durablyForked);
  }

  /// Begins a log at the first message that others still hold, where they have pruned the earlier
  /// ones. Does nothing if the log is held that far.
  ///
  /// @return what had waited and now continues the log; taken
  public List<Entry> startAt(LogId id, long floor) {
    int row = table.open(id);
    List<Entry> accepted = new ArrayList<>();
    if (floor > table.seq(row) + 1) {
      advance(row, new End(floor - 1, Optional.empty()));
      begins.put(row, floor);
      takeWaiting(row, accepted);
    }
    return accepted;
  }

  /// Number of the last message taken, 0 if none.
  public long taken(LogId id) {
    int row = table.find(id);
    return row == LogTable.NONE ? 0 : table.seq(row);
  }

  /// Number of the last message that is missing before the first that waits; where none waits,
  /// everything after what was taken is missing.
  public long gapEnd(LogId id) {
    TreeMap<Long, Entry> kept = waiting.get(table.find(id));
    return kept == null ? Long.MAX_VALUE : kept.firstKey() - 1;
  }

  /// Whether the hash of the last batch taken is known, as it is not where a log was begun at a
  /// floor that nothing has come after: nobody could go on after that.
  public boolean knowsEnd(LogId id) {
    int row = table.find(id);
    return row == LogTable.NONE || table.end(row).hash().isPresent();
  }

  /// Hash of the last batch taken, zero if none.
  public Digest takenHash(LogId id) {
    int row = table.find(id);
    return row == LogTable.NONE ? Digest.ZERO : table.end(row).hash().orElse(Digest.ZERO);
  }

  /// Number of the last message on disk, 0 if none.
  public long durable(LogId id) {
    int row = table.find(id);
    return row == LogTable.NONE ? 0 : durable(row);
  }

  /// How far a log is on disk, with the hash of its last batch; number 0 if it is not.
  public LogHead head(LogId id) {
    int row = table.find(id);
    if (row == LogTable.NONE) {
      return new LogHead(id, 0);
    }
    End end = unwritten.getOrDefault(row, table.end(row));
    return end.seq() == 0
        ? new LogHead(id, 0)
        : new LogHead(id, end.seq(), end.hash().map(Digest::print).orElse(0L));
  }

  private long durable(int row) {
    End durable = unwritten.get(row);
    return durable == null ? table.seq(row) : durable.seq();
  }

  /// Whether a message is on disk, or was before it was pruned. One from before the point at which
  /// this node began the log never was.
  public boolean hasDurable(LogHead message) {
    int row = table.find(message.log());
    return row != LogTable.NONE
        && begins.getOrDefault(row, 1L) <= message.seq()
        && message.seq() <= durable(row);
  }

  /// The logs of an origin, each up to what is on disk.
  public List<LogHead> durable(Guid guid) {
    List<LogHead> heads = new ArrayList<>();
    table.forEach(guid, row -> addHead(heads, row));
    return heads;
  }

  /// All logs, each up to what is on disk; without those that are forked.
  public List<LogHead> durable() {
    List<LogHead> heads = new ArrayList<>();
    table.forEach(row -> addHead(heads, row));
    return heads;
  }

  private void addHead(List<LogHead> heads, int row) {
    long durable = durable(row);
    if (durable > 0 && !durablyForked.contains(table.id(row))) {
      heads.add(new LogHead(table.id(row), durable));
    }
  }

  /// Bytes of batches that wait for gaps before them to close.
  public long waitingBytes() {
    return waitingBytes;
  }
}
