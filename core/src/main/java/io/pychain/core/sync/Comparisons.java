package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Comparison.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Comparisons with peers: a few at a time, the others wait for their turn, so that a newcomer does
/// not ask everybody for everything at once.
final class Comparisons {
  /// Comparisons that run at a time.
  static final int RUNNING_MAX = 2;

  /// Peers whose cursor is remembered, those without a link included.
  static final int CURSORS_MAX = 1_024;

  /// Longest that one comparison may take.
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AuditTree tree;
  private final TreeMap<Guid, Comparison> running = new TreeMap<>();
  private final LinkedHashMap<Guid, Frame.SyncRequest> queued = new LinkedHashMap<>();
  private final LinkedHashMap<Guid, Cursor> cursors =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Guid, Cursor> eldest) {
          return size() > CURSORS_MAX;
        }
      };

  Comparisons(AuditTree tree) {
    this.tree = tree;
  }

  /// Plans to ask a peer what changed since its cursor, if that is of the same store.
  void resume(Guid peer, long storeId) {
    Cursor cursor = cursors.getOrDefault(peer, Cursor.NONE);
    long after = cursor.storeId() == storeId ? cursor.arrival() : 0;
    queued.putIfAbsent(peer, new Frame.SyncRequest(after == 0 ? 0 : storeId, after));
  }

  /// Plans to compare all that a peer and this node hold.
  void compareAll(Guid peer) {
    queued.put(peer, new Frame.SyncRequest(0, 0));
  }

  /// Starts what may run now.
  void start(Instant now, Post post) {
    for (var next : List.copyOf(queued.entrySet())) {
      Guid peer = next.getKey();
      if (running.size() < RUNNING_MAX && !running.containsKey(peer)) {
        queued.remove(peer);
        running.put(peer, new Comparison(tree, next.getValue(), now.plus(PATIENCE)));
        post.send(peer, next.getValue());
      }
    }
  }

  /// Takes a summary: the answer to a comparison, or word that the peer's journal no longer reaches
  /// back to what it last told.
  void summary(Guid peer, Frame.Summary summary) {
    Comparison comparison = running.get(peer);
    if (comparison == null) {
      compareAll(peer);
    } else {
      comparison.summary(summary);
    }
  }

  void hashes(Guid peer, Frame.Hashes hashes) {
    Comparison comparison = running.get(peer);
    if (comparison != null) {
      comparison.hashes(hashes);
    }
  }

  /// Takes note of heads: of a leaf, of an answer, or of news that a peer tells unasked.
  ///
  /// @return whether the comparison with this peer is done by this
  boolean heads(Guid peer, Frame.Heads heads) {
    Comparison comparison = running.get(peer);
    if (comparison != null && comparison.isAnsweredBy(heads)) {
      running.remove(peer);
      cursors.put(peer, new Cursor(heads.storeId(), heads.arrival()));
      return true;
    }
    boolean leaf = heads.after() == heads.arrival() && comparison != null && comparison.leaf();
    if (!leaf) {
      follow(peer, heads);
    }
    return false;
  }

  private void follow(Guid peer, Frame.Heads heads) {
    Cursor cursor = cursors.getOrDefault(peer, Cursor.NONE);
    boolean continues =
        cursor.storeId() == heads.storeId()
            && heads.after() <= cursor.arrival()
            && heads.arrival() > cursor.arrival();
    if (continues) {
      cursors.put(peer, new Cursor(heads.storeId(), heads.arrival()));
    }
  }

  /// Goes on with a peer's comparison.
  ///
  /// @return whether it is done by this
  boolean advance(Guid peer, Post post) {
    Comparison comparison = running.get(peer);
    if (comparison == null) {
      return false;
    }
    List<TreeNode> nodes = comparison.next();
    if (!nodes.isEmpty()) {
      post.send(peer, new Frame.Probe(nodes));
    }
    if (!comparison.isDone()) {
      return false;
    }
    running.remove(peer);
    cursors.put(peer, comparison.cursor());
    return true;
  }

  /// Forgets what runs and waits with a peer that is gone.
  ///
  /// @return whether a comparison broke off
  boolean peerDown(Guid peer) {
    boolean waited = queued.remove(peer) != null;
    return running.remove(peer) != null || waited;
  }

  /// Ends the comparisons whose time is up.
  List<Guid> expire(Instant now) {
    List<Guid> expired = new ArrayList<>();
    running.forEach((peer, comparison) -> {
      if (!comparison.deadline().isAfter(now)) {
        expired.add(peer);
      }
    });
    expired.forEach(running::remove);
    return expired;
  }

  boolean isBusyWith(Guid peer) {
    return running.containsKey(peer) || queued.containsKey(peer);
  }

  Instant deadline() {
    Instant next = Instant.MAX;
    for (Comparison comparison : running.values()) {
      next = comparison.deadline().isBefore(next) ? comparison.deadline() : next;
    }
    return next;
  }
}
