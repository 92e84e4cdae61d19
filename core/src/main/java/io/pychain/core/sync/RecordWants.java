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

  /// Records wanted at a time because one and the same peer told of them first: a quarter, so that
  /// none can fill the table.
  static final int WANTS_PER_PEER_MAX = WANTS_MAX / 4;

  /// Logs of a stranger that are remembered for each peer.
  static final int LOGS_MAX = 8;

  private static final class Want {
    final LinkedHashSet<Guid> peers = new LinkedHashSet<>();
    final TreeMap<Guid, TreeMap<LogId, LogHead>> logs = new TreeMap<>();
    final Guid first;
    Instant due;

    Want(Guid first, Instant due) {
      this.first = first;
      this.due = due;
    }
  }

  private final Held held;
  private final Duration grace;
  private final Duration timeout;
  private final TreeMap<Guid, Want> wants = new TreeMap<>();
  private final TreeMap<Guid, Integer> firsts = new TreeMap<>();
  private Instant wakeAt = Instant.MAX;

  RecordWants(Held held, SyncConfig config) {
    this.held = held;
    this.grace = config.grace();
    this.timeout = config.timeout();
  }

  /// A peer says that it holds this record.
  ///
  /// @param atOnce whether it is old, and not to be waited for
  void claim(Instant now, Guid peer, RecordHead head, boolean atOnce) {
    if (isNews(head)) {
      want(atOnce ? now : now.plus(grace), peer, head.guid());
    }
  }

  private boolean isNews(RecordHead head) {
    return held.record(head.guid()).map(own -> Assumed.isNewer(head, own)).orElse(true);
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
    Want want = wants.get(guid);
    if (want == null && hasRoomFor(peer)) {
      want = new Want(peer, due);
      wants.put(guid, want);
      firsts.merge(peer, 1, Integer::sum);
    }
    if (want != null) {
      want.peers.add(peer);
      wakeAt = due.isBefore(wakeAt) ? due : wakeAt;
    }
  }

  private boolean hasRoomFor(Guid peer) {
    return wants.size() < WANTS_MAX && firsts.getOrDefault(peer, 0) < WANTS_PER_PEER_MAX;
  }

  private void gone(Want want) {
    firsts.computeIfPresent(want.first, (_, count) -> count == 1 ? null : count - 1);
  }

  /// The record of a member has come.
  ///
  /// @return what peers have told of its logs
  TreeMap<Guid, List<LogHead>> taken(Guid guid) {
    TreeMap<Guid, List<LogHead>> told = new TreeMap<>();
    Want want = wants.remove(guid);
    if (want != null) {
      gone(want);
      want.logs.forEach((peer, heads) -> told.put(peer, List.copyOf(heads.values())));
    }
    return told;
  }

  /// Asks for what is due.
  void ask(Instant now, Post post) {
    if (wakeAt.isAfter(now)) {
      return;
    }
    TreeMap<Guid, List<Guid>> questions = new TreeMap<>();
    wants.values().removeIf(want -> isGivenUp(now, want));
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

  private boolean isGivenUp(Instant now, Want want) {
    boolean givenUp = !want.due.isAfter(now) && want.peers.isEmpty();
    if (givenUp) {
      gone(want);
    }
    return givenUp;
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
