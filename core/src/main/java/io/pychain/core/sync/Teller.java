package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Puts into words what this node holds: all that changed since a peer last heard of it, but for
/// what that peer can be taken to know, or, where the journal does not reach that far back, one
/// hash over everything.
final class Teller {
  private final long storeId;
  private final Held held;
  private final Rows rows;
  private final Journal journal;
  private final AuditTree tree;
  private final TreeMap<Guid, Told> told = new TreeMap<>();

  /// How far a peer has been told.
  ///
  /// @param until it knows of all that changed up to here
  /// @param said what the last frame to it said it reached to, which may be less: where it knew
  ///   everything, nothing was sent
  private record Told(long until, long said) {}

  Teller(long storeId, Held held, Journal journal, Rows rows) {
    this.storeId = storeId;
    this.held = held;
    this.rows = rows;
    this.journal = journal;
    this.tree = rows.tree();
  }

  /// Answers a peer that asks what changed since its cursor. From here on it is told what changes.
  Frame answer(Guid peer, Frame.SyncRequest request) {
    told.put(peer, new Told(journal.last(), journal.last()));
    boolean reaches = request.storeId() == storeId && journal.reaches(request.after());
    return reaches && !isSame(request) ? changes(request.after()) : summary();
  }

  /// Whether a peer that asks holds exactly what this node holds.
  boolean isSame(Frame.SyncRequest request) {
    return request.own().map(own -> own.root() == tree.root()).orElse(false);
  }

  /// Whether there is something that the peer has not been told.
  boolean hasNewsFor(Guid peer) {
    Told so = told.get(peer);
    return so != null && so.until() < journal.last();
  }

  /// What the peer has not been told and does not know; empty if it knows all of it, or has never
  /// asked.
  Optional<Frame> news(Guid peer, Assumed assumed) {
    Told so = told.get(peer);
    if (so == null || so.until() == journal.last()) {
      return Optional.empty();
    }
    long last = journal.last();
    if (!journal.reaches(so.until())) {
      told.put(peer, new Told(last, last));
      return Optional.of(summary());
    }
    Journal.Changes changes = journal.since(so.until());
    List<LogHead> logs = logs(changes.logs(), head -> !assumed.covers(head));
    List<RecordHead> records = records(changes.records(), head -> !assumed.covers(head));
    boolean silent = logs.isEmpty() && records.isEmpty();
    told.put(peer, new Told(last, silent ? so.said() : last));
    return silent ? Optional.empty() : Optional.of(new Frame.News(so.said(), last, logs, records));
  }

  /// Leaves out what the peer has not been told.
  void passOver(Guid peer) {
    told.computeIfPresent(peer, (_, so) -> new Told(journal.last(), so.said()));
  }

  /// What has changed after an arrival, for whoever may lack it.
  Optional<Frame> recent(long after) {
    if (after >= journal.last() || !journal.reaches(after)) {
      return Optional.empty();
    }
    Journal.Changes changes = journal.since(after);
    List<LogHead> logs = logs(changes.logs(), _ -> true);
    List<RecordHead> records = records(changes.records(), _ -> true);
    boolean silent = logs.isEmpty() && records.isEmpty();
    return silent ? Optional.empty() : Optional.of(new Frame.News(0, 0, logs, records));
  }

  /// How far the logs of these origins are held.
  Frame.News of(Collection<Guid> origins) {
    return new Frame.News(0, 0, logs(origins, _ -> true), List.of());
  }

  /// The last arrival that there is something to tell of.
  long last() {
    return journal.last();
  }

  void forget(Guid peer) {
    told.remove(peer);
  }

  /// One hash over all that is held.
  Frame.Summary summary() {
    return new Frame.Summary(storeId, journal.last(), tree.rootLevel(), tree.root());
  }

  private Frame changes(long after) {
    Journal.Changes changes = journal.since(after);
    return new Frame.Heads(
        storeId,
        after,
        journal.last(),
        logs(changes.logs(), _ -> true),
        records(changes.records(), _ -> true),
        forks(changes.logs()));
  }

  /// All that is held of some GUIDs, with hashes, since who asks holds something else.
  Frame.Heads leaf(List<Guid> guids) {
    long last = journal.last();
    List<LogHead> logs = logs(guids, _ -> true).stream().map(held::printed).toList();
    return new Frame.Heads(storeId, last, last, logs, records(guids, _ -> true), forks(guids));
  }

  private List<LogId> forks(Collection<Guid> guids) {
    return guids.stream()
        .filter(guid -> !rows.isClosed(guid))
        .flatMap(guid -> held.forks(guid).stream())
        .toList();
  }

  private List<LogHead> logs(Collection<Guid> guids, Predicate<LogHead> worthTelling) {
    List<LogHead> heads = new ArrayList<>();
    for (Guid guid : guids) {
      for (LogHead head : held.durable(guid)) {
        if (!rows.isClosed(guid) && worthTelling.test(head)) {
          heads.add(head);
        }
      }
    }
    return heads;
  }

  private List<RecordHead> records(Collection<Guid> guids, Predicate<RecordHead> worthTelling) {
    List<RecordHead> heads = new ArrayList<>();
    for (Guid guid : guids) {
      held.durableRecord(guid).filter(worthTelling).ifPresent(heads::add);
    }
    return heads;
  }
}
