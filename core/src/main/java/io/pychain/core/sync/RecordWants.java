package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.RecordHead;
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
/// vain the want is dropped. The next comparison brings it back if it was real.
final class RecordWants {
  /// Records asked for in one frame.
  static final int GUIDS_MAX = 256;

  /// Records wanted at a time; what is beyond comes with the next comparison.
  static final int WANTS_MAX = 65_536;

  private static final class Want {
    final LinkedHashSet<Guid> peers = new LinkedHashSet<>();
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

  private void want(Instant due, Guid peer, Guid guid) {
    if (wants.containsKey(guid) || wants.size() < WANTS_MAX) {
      wants.computeIfAbsent(guid, _ -> new Want(due)).peers.add(peer);
      wakeAt = due.isBefore(wakeAt) ? due : wakeAt;
    }
  }

  /// The record of a member has come.
  void taken(Guid guid) {
    wants.remove(guid);
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

  /// A peer is gone: another is asked for what it was asked for.
  void peerDown(Guid peer) {
    wants.values().forEach(want -> want.peers.remove(peer));
  }

  boolean isEmpty() {
    return wants.isEmpty();
  }

  Instant deadline() {
    return wakeAt;
  }
}
