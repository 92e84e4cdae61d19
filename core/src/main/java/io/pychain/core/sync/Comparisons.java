package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Comparison.Cursor;
import io.pychain.core.sync.Comparison.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Comparisons with peers: a few at a time, the others wait for their turn, so that a newcomer does
/// not ask everybody for everything at once.
///
/// One question serves both ends. It says what the asker holds; whoever holds the same knows by it
/// that neither lacks anything, and drops the question that it had in mind; whoever does not asks
/// in return. So of two ends that both have a reason to compare, one waits for the other.
final class Comparisons {
  /// Comparisons that run at a time.
  static final int RUNNING_MAX = 4;

  /// Peers whose cursor is remembered, those without a link included.
  static final int CURSORS_MAX = 1_024;

  /// How long the end that was dialled waits for the question of the end that dialled.
  static final Duration COURTESY = Duration.ofSeconds(1);

  /// How often a comparison that broke off is tried again with the same peer.
  static final int TRIES_MAX = 3;

  private final AuditTree tree;
  private final Teller teller;
  private final AnswerTime answerTime;
  private final TreeMap<Guid, Comparison> running = new TreeMap<>();
  private final LinkedHashMap<Guid, Plan> planned = new LinkedHashMap<>();
  private final TreeMap<Guid, Integer> broken = new TreeMap<>();
  private final TreeMap<Guid, Instant> compared = new TreeMap<>();
  private final LinkedHashMap<Guid, Cursor> cursors =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Guid, Cursor> eldest) {
          return size() > CURSORS_MAX;
        }
      };

  private Instant wakeAt = Instant.MAX;
  private boolean stale;

  /// A question yet to be asked.
  ///
  /// @param cursor what to ask from; [Cursor#NONE] compares everything
  /// @param invites whether the peer may ask in return
  /// @param at not before this moment
  private record Plan(Cursor cursor, Purpose purpose, boolean invites, Instant at) {}

  /// @param timeout longest wait for an answer
  Comparisons(AuditTree tree, Teller teller, Duration timeout) {
    this.tree = tree;
    this.teller = teller;
    this.answerTime = new AnswerTime(timeout);
  }

  /// Plans to ask a peer what changed since its cursor, if that is of the same store.
  ///
  /// @param dialled whether this end dialled, and so asks first
  void resume(Instant now, Guid peer, long storeId, boolean dialled) {
    stale = true;
    Cursor cursor = cursors.getOrDefault(peer, Cursor.NONE);
    Cursor from = cursor.storeId() == storeId ? cursor : Cursor.NONE;
    Instant at = dialled ? now : now.plus(COURTESY);
    planned.putIfAbsent(peer, new Plan(from, Purpose.CATCH_UP, true, at));
  }

  /// Plans to compare all that a peer and this node hold.
  void compareAll(Instant now, Guid peer, Purpose purpose) {
    stale = true;
    planned.put(peer, new Plan(Cursor.NONE, purpose, true, now));
  }

  /// When a peer and this node were last found to hold the same, or what the peer holds was known.
  Instant lastCompared(Guid peer) {
    return compared.getOrDefault(peer, Instant.MIN);
  }

  /// A peer has asked. If it holds the same as this node there is nothing to ask in return.
  ///
  /// @return whether this ended a comparison that was planned
  boolean asked(Instant now, Guid peer, Frame.SyncRequest request) {
    stale = true;
    if (request.own().isEmpty()) {
      return false;
    }
    Frame.Summary own = request.own().get();
    if (teller.isSame(request)) {
      ended(now, peer, new Cursor(own.storeId(), own.arrival()));
      return planned.remove(peer) != null;
    }
    if (!running.containsKey(peer)) {
      Plan plan = planned.remove(peer);
      Purpose purpose = plan == null ? Purpose.AUDIT : plan.purpose();
      Cursor from = plan == null ? Cursor.NONE : plan.cursor();
      planned.put(peer, new Plan(from, purpose, false, now));
    }
    return false;
  }

  /// Starts what may run now.
  void start(Instant now, Post post) {
    for (var next : List.copyOf(planned.entrySet())) {
      if (running.size() >= RUNNING_MAX) {
        return;
      }
      Guid peer = next.getKey();
      Plan plan = next.getValue();
      if (!plan.at().isAfter(now) && !running.containsKey(peer)) {
        planned.remove(peer);
        begin(now, peer, plan, post);
      }
    }
  }

  private void begin(Instant now, Guid peer, Plan plan, Post post) {
    Optional<Frame.Summary> own = plan.invites() ? Optional.of(teller.summary()) : Optional.empty();
    Cursor cursor = plan.cursor();
    Frame.SyncRequest request = new Frame.SyncRequest(cursor.storeId(), cursor.arrival(), own);
    running.put(peer, new Comparison(tree, request, plan.purpose(), now));
    expect(now, peer);
    post.send(peer, request);
  }

  /// Why a peer is being compared with; an audit if it is not.
  Purpose purpose(Guid peer) {
    Comparison comparison = running.get(peer);
    return comparison == null ? Purpose.AUDIT : comparison.purpose();
  }

  /// Takes a summary: the answer to a comparison, or word that the peer's journal no longer reaches
  /// back to what it last told.
  void summary(Instant now, Guid peer, Frame.Summary summary) {
    Comparison comparison = running.get(peer);
    if (comparison == null) {
      compareAll(now, peer, Purpose.AUDIT);
    } else {
      comparison.summary(summary);
      answered(now, peer, comparison);
    }
  }

  void hashes(Instant now, Guid peer, Frame.Hashes hashes) {
    Comparison comparison = running.get(peer);
    if (comparison != null) {
      comparison.hashes(hashes);
      answered(now, peer, comparison);
    }
  }

  /// Takes note of heads: of a leaf, or of an answer.
  ///
  /// @return whether the comparison with this peer is done by this
  boolean heads(Instant now, Guid peer, Frame.Heads heads) {
    Comparison comparison = running.get(peer);
    if (comparison == null) {
      return false;
    }
    if (comparison.isAnsweredBy(heads)) {
      answered(now, peer, comparison);
      running.remove(peer);
      ended(now, peer, new Cursor(heads.storeId(), heads.arrival()));
      return true;
    }
    if (comparison.leaf()) {
      answered(now, peer, comparison);
    }
    return false;
  }

  private void answered(Instant now, Guid peer, Comparison comparison) {
    answerTime.answered(Duration.between(comparison.expectedSince(), now));
    expect(now, peer);
  }

  private void expect(Instant now, Guid peer) {
    stale = true;
    Comparison comparison = running.get(peer);
    if (comparison != null) {
      comparison.expect(now, now.plus(answerTime.patience()));
    }
  }

  /// Follows what a peer tells unasked. If a telling before this one was lost, the peer is asked
  /// for it.
  void news(Instant now, Guid peer, Frame.News news) {
    Cursor cursor = cursors.get(peer);
    if (cursor == null || news.arrival() <= cursor.arrival()) {
      return;
    }
    if (news.after() <= cursor.arrival()) {
      cursors.put(peer, new Cursor(cursor.storeId(), news.arrival()));
    } else {
      stale = true;
      planned.putIfAbsent(peer, new Plan(cursor, Purpose.CATCH_UP, false, now));
    }
  }

  /// Goes on with a peer's comparison.
  ///
  /// @return whether it is done by this
  boolean advance(Instant now, Guid peer, Post post) {
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
    ended(now, peer, comparison.cursor());
    return true;
  }

  private void ended(Instant now, Guid peer, Cursor cursor) {
    stale = true;
    cursors.put(peer, cursor);
    compared.put(peer, now);
    broken.remove(peer);
  }

  /// Forgets what runs and waits with a peer that is gone.
  ///
  /// @return whether a comparison broke off
  boolean peerDown(Guid peer) {
    stale = true;
    boolean waited = planned.remove(peer) != null;
    compared.remove(peer);
    broken.remove(peer);
    return running.remove(peer) != null || waited;
  }

  /// Ends the comparisons whose time is up. Some are tried again: a frame may have been lost.
  ///
  /// @return how many
  int expire(Instant now) {
    List<Guid> expired = new ArrayList<>();
    running.forEach((peer, comparison) -> {
      if (!comparison.deadline().isAfter(now)) {
        expired.add(peer);
      }
    });
    for (Guid peer : expired) {
      stale = true;
      Comparison late = running.remove(peer);
      answerTime.missed();
      if (late != null && broken.merge(peer, 1, Integer::sum) < TRIES_MAX) {
        Plan again = new Plan(Cursor.NONE, late.purpose(), late.request().own().isPresent(), now);
        planned.putIfAbsent(peer, again);
      }
    }
    return expired.size();
  }

  boolean isBusyWith(Guid peer) {
    return running.containsKey(peer) || planned.containsKey(peer);
  }

  /// When something is due or late at the earliest. Asked for far more often than it changes.
  Instant deadline() {
    if (stale) {
      stale = false;
      wakeAt = nextWake();
    }
    return wakeAt;
  }

  private Instant nextWake() {
    Instant next = Instant.MAX;
    for (Comparison comparison : running.values()) {
      next = comparison.deadline().isBefore(next) ? comparison.deadline() : next;
    }
    if (running.size() < RUNNING_MAX) {
      for (Map.Entry<Guid, Plan> plan : planned.entrySet()) {
        boolean waits = plan.getValue().at().isBefore(next) && !running.containsKey(plan.getKey());
        next = waits ? plan.getValue().at() : next;
      }
    }
    return next;
  }
}
