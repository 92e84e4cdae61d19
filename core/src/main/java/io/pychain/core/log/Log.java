package io.pychain.core.log;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Digest;
import java.util.Optional;
import java.util.TreeMap;

/// One log: taken up to a point, durable up to a point not beyond it, and batches that wait.
///
/// ```
///   1 ─────────── durable ──────── taken    gap    waiting
///   on disk               on its way there         in memory, bounded
/// ```
final class Log {
  /// An end of a log. The hash is unknown where a log begins at the floor of what others still
  /// hold.
  record End(long seq, Optional<Digest> hash) {
    static final End START = new End(0, Optional.of(Digest.ZERO));

    static End after(Batch batch) {
      return new End(batch.lastSeq(), Optional.of(batch.hash()));
    }

    boolean precedes(Batch batch) {
      return batch.firstSeq() == seq + 1 && hash.map(batch.previous()::equals).orElse(true);
    }
  }

  private final TreeMap<Long, Entry> waiting = new TreeMap<>();
  private End taken = End.START;
  private End durable = End.START;

  End taken() {
    return taken;
  }

  End durable() {
    return durable;
  }

  TreeMap<Long, Entry> waiting() {
    return waiting;
  }

  void take(Batch batch) {
    taken = End.after(batch);
  }

  void skipTo(End end) {
    taken = end;
  }

  void makeDurable(End end) {
    if (end.seq() > durable.seq()) {
      durable = end;
    }
  }

  void restore(End end) {
    taken = end;
    durable = end;
  }

  void forgetWhatIsNotDurable() {
    taken = durable;
  }
}
