package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Tells peers what this node holds: all that changed since it last told them, or, where its
/// journal does not reach that far back, one hash over everything.
final class Teller {
  private final long storeId;
  private final Held held;
  private final Journal journal;
  private final AuditTree tree;
  private final TreeMap<Guid, Long> told = new TreeMap<>();

  Teller(long storeId, Held held, Journal journal, AuditTree tree) {
    this.storeId = storeId;
    this.held = held;
    this.journal = journal;
    this.tree = tree;
  }

  /// Answers a peer that asks what changed since its cursor. From here on it is told what changes.
  Frame answer(Guid peer, Frame.SyncRequest request) {
    told.put(peer, journal.last());
    return request.storeId() == storeId && journal.reaches(request.after())
        ? heads(request.after())
        : summary();
  }

  /// Whether there is something that the peer has asked for and not been told.
  boolean hasNewsFor(Guid peer) {
    Long until = told.get(peer);
    return until != null && until < journal.last();
  }

  /// What the peer has not been told.
  Frame news(Guid peer) {
    long after = told.getOrDefault(peer, journal.last());
    told.put(peer, journal.last());
    return journal.reaches(after) ? heads(after) : summary();
  }

  void forget(Guid peer) {
    told.remove(peer);
  }

  private Frame summary() {
    int level = tree.rootLevel();
    return new Frame.Summary(storeId, journal.last(), level, tree.hash(level, 0));
  }

  private Frame heads(long after) {
    Journal.Changes changes = journal.since(after);
    return heads(after, journal.last(), changes.logs(), changes.records());
  }

  /// All that is held of some GUIDs.
  Frame leaf(List<Guid> guids) {
    return heads(journal.last(), journal.last(), guids, guids);
  }

  private Frame heads(long after, long until, Iterable<Guid> ofLogs, Iterable<Guid> ofRecords) {
    List<LogHead> logs = new ArrayList<>();
    ofLogs.forEach(guid -> logs.addAll(held.durable(guid)));
    List<RecordHead> records = new ArrayList<>();
    ofRecords.forEach(guid -> held.record(guid).ifPresent(records::add));
    return new Frame.Heads(storeId, after, until, logs, records);
  }
}
