package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;

/// Member records that exist and are not held, and who is asked for them.
///
/// Each peer that claims to have a record is asked once, in turn; when the last has been asked in
/// vain the want is dropped. The next comparison brings it back if it was real. What peers have
/// told of a member's logs meanwhile is kept until its record has come, since only then can it be
/// judged.
final class RecordWants {
  /// Records asked for in one frame.
  static final int GUIDS_MAX = 256;

  /// Records wanted at a time; what is beyond comes with the next comparison.
  static final int WANTS_MAX = 65_536;

  /// Logs of a stranger that are remembered for each peer.
  static final int LOGS_MAX = 8;

  private static final class Want {
    final LinkedHashSet<Guid> peers = new LinkedHashSet<>();
    final TreeMap<Guid, TreeMap<LogId, LogHead>> logs = new TreeMap<>();
    Instant due;

    Want(Instant due) {
      this.due = due;
    }
  }

  private final Held held;
  private final Duration grace;
  private final Duration timeout;
  private final TreeMap<Guid, Want> wants = new TreeMap<>();
  private Instant wakeAt = Instant.MAX;

  RecordWants(Held held, SyncConfig config) {
    this.held = held;
    this.grace = config.grace();
    this.timeout = config.timeout();
  }

  /// A peer says that it holds this record.
  void claim(Instant now, Guid peer, RecordHead head) {
    if (isNews(head)) {
      want(now.plus(grace), peer, head.guid());
    }
  }

  private boolean isNews(RecordHead head) {
    return held.record(head.guid())
        .map(own ->
            head.epoch() > own.epoch()
                || (head.epoch() == own.epoch() && head.number() > own.number()))
        .orElse(true);
  }

  /// A peer sent something of a member that is not known here.
  void stranger(Instant now, Guid peer, Guid guid) {
    if (held.record(guid).isEmpty()) {
      want(now, peer, guid);
    }
  }

  /// A peer holds a log of which nothing can be verified yet: its origin is a stranger, or an older
  /// record than that of the log's epoch is held.
  void logOfStranger(Instant now, Guid peer, LogHead head) {
    Guid origin = head.log().guid();
    want(now.plus(grace), peer, origin);
    Want want = wants.get(origin);
    if (want != null) {
      TreeMap<LogId, LogHead> heads = want.logs.computeIfAbsent(peer, _ -> new TreeMap<>());
      if (heads.size() < LOGS_MAX || heads.containsKey(head.log())) {
        heads.put(head.log(), head);
      }
    }
  }

  private void want(Instant due, Guid peer, Guid guid) {
    if (wants.containsKey(guid) || wants.size() < WANTS_MAX) {
      wants.computeIfAbsent(guid, _ -> new Want(due)).peers.add(peer);
      wakeAt = due.isBefore(wakeAt) ? due : wakeAt;
    }
  }

  /// The record of a member has come.
  ///
  /// @return what peers have told of its logs
  TreeMap<Guid, List<LogHead>> taken(Guid guid) {
    TreeMap<Guid, List<LogHead>> told = new TreeMap<>();
    Want want = wants.remove(guid);
    if (want != null) {
      want.logs.forEach((peer, heads) -> told.put(peer, List.copyOf(heads.values())));
    }
    return told;
  }

  /// Asks for what is due.
  void ask(Instant now, Post post) {
    TreeMap<Guid, List<Guid>> questions = new TreeMap<>();
    wants
        .entrySet()
        .removeIf(want -> !want.getValue().due.isAfter(now) && want.getValue().peers.isEmpty());
    wants.forEach((guid, want) -> {
      if (!want.due.isAfter(now)) {
        Guid peer = want.peers.removeFirst();
        questions.computeIfAbsent(peer, _ -> new ArrayList<>()).add(guid);
        want.due = now.plus(timeout);
      }
    });
    questions.forEach((peer, guids) -> send(peer, guids, post));
    wakeAt =
        wants.values().stream().map(want -> want.due).min(Instant::compareTo).orElse(Instant.MAX);
  }

  private static void send(Guid peer, List<Guid> guids, Post post) {
    for (int from = 0; from < guids.size(); from += GUIDS_MAX) {
      int until = Math.min(guids.size(), from + GUIDS_MAX);
      post.send(peer, new Frame.RecordsWanted(guids.subList(from, until)));
    }
  }

  /// A peer is gone. What it was asked for is asked of another when its time is up.
  void peerDown(Guid peer) {
    for (Want want : wants.values()) {
      want.peers.remove(peer);
      want.logs.remove(peer);
    }
  }

  boolean isEmpty() {
    return wants.isEmpty();
  }

  Instant deadline() {
    return wakeAt;
  }
}
