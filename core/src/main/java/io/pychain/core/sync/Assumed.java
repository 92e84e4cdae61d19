package io.pychain.core.sync;

import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one peer can be taken to hold: what it has told or handed on, and what it was handed. It
/// need not be told of that.
///
/// Only the newest of it is remembered; what is forgotten is told in vain, at a few bytes. What is
/// wrong, because a handoff was lost, is found when stores are compared.
final class Assumed {
  /// Logs, and likewise records, remembered: what a ring neighbour is handed or tells in the time
  /// between two tellings, at some thousand messages a second.
  static final int ROWS_MAX = 4_096;

  private final Map<LogId, Long> logs = new Bounded<>();
  private final Map<Guid, RecordHead> records = new Bounded<>();

  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > ROWS_MAX;
    }
  }

  /// The peer holds a log this far.
  void add(LogHead head) {
    logs.merge(head.log(), head.seq(), Math::max);
  }

  /// The peer holds this record.
  void add(RecordHead head) {
    records.merge(head.guid(), head, (a, b) -> isNewer(a, b) ? a : b);
  }

  /// The peer does not hold a log after all.
  void remove(LogId log) {
    logs.remove(log);
  }

  /// Whether the peer holds a log this far. Asked once, when it is decided whether to tell it: from
  /// then on it knows, one way or the other, and no more is remembered than what is beyond.
  boolean covers(LogHead head) {
    Long seq = logs.get(head.log());
    if (seq != null && seq <= head.seq()) {
      logs.remove(head.log());
    }
    return seq != null && seq >= head.seq();
  }

  /// Whether the peer holds this record, or a newer one; likewise.
  boolean covers(RecordHead head) {
    RecordHead held = records.get(head.guid());
    if (held != null && !isNewer(held, head)) {
      records.remove(head.guid());
    }
    return held != null && !isNewer(head, held);
  }

  /// Whether one record is newer than another of the same member.
  static boolean isNewer(RecordHead one, RecordHead other) {
    return one.epoch() > other.epoch()
        || (one.epoch() == other.epoch() && one.number() > other.number());
  }
}
