package io.pychain.core.sync;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Who is told the news, and when.
///
/// ```
///   previous ◄──┐           ┌──► next       all that they cannot be taken to know
///               └── node ───┤
///                     │     └──► anybody    what has come since anybody was last told
///                     └────────► acquaintances   all, as long as it is little; see Grapevine
/// ```
///
/// The nearest peers on either side close a small hole at little cost, since each pair tells a
/// thing once at most: who has been told does not tell it back. Anybody else by chance closes those
/// that a whole stretch of the ring shares. While all is well one of the three is told at a time;
/// where something has been missing of late, all three at once, and another, and twice as often.
final class Telling {
  /// How long a hole that was found makes a node tell everybody at once.
  static final Duration TROUBLE = Duration.ofSeconds(5);

  /// How many others by chance are told in troubled times.
  static final int TROUBLED_ANYBODIES = 2;

  /// Peers that are told at once what this node had missed: those who stand near it on the ring
  /// probably have missed it too, and some others who may be as far away as the hole is wide.
  static final int REPAIR_NEAR = 2;

  /// See [#REPAIR_NEAR].
  static final int REPAIR_FAR = 3;

  /// Logs repaired at a time of which others are told at once. More of them mean that this node
  /// catches up, and that the others have it all.
  static final int REPAIRS_MAX = 64;

  /// Intervals of telling without anything new, in troubled times, after which the next on the ring
  /// is compared with: what was told last may have been lost too.
  static final int QUIET_INTERVALS = 2;

  private final Position here;
  private final Predicate<Guid> acquainted;
  private final Grapevine grapevine;
  private final Teller teller;
  private final Set<Guid> peers;
  private final Duration interval;
  private final Duration repairDelay;
  private final RandomGenerator random;
  private final TreeMap<Guid, Assumed> assumed = new TreeMap<>();
  private final TreeSet<Guid> repaired = new TreeSet<>();
  private List<Guid> ring = List.of();
  private int turn;
  private long anybodyKnows;
  private Instant tellAt = Instant.MAX;
  private Instant repairAt = Instant.MAX;
  private Instant quietAt = Instant.MAX;
  private Instant troubledUntil = Instant.MIN;

  /// @param peers those with a link; changes, and is only read here
  Telling(
      Sync.Self self, Teller teller, Set<Guid> peers, SyncConfig config, RandomGenerator random) {
    this.here = self.guid().position();
    this.acquainted = self.acquainted();
    this.grapevine = new Grapevine(teller, config.headsInterval(), random);
    this.teller = teller;
    this.peers = peers;
    this.interval = config.headsInterval();
    this.repairDelay = config.grace().dividedBy(4);
    this.random = random;
    this.anybodyKnows = teller.last();
  }

  /// Those with a link are others than before.
  void peersChanged() {
    List<Guid> around = new ArrayList<>(peers);
    Comparator<Guid> clockwise = (a, b) -> Long.compareUnsigned(distance(a), distance(b));
    around.sort(clockwise);
    ring = around;
    Set<Guid> followed = new LinkedHashSet<>(near());
    List<Guid> acquaintances = new ArrayList<>(ring);
    acquaintances.removeIf(peer -> followed.contains(peer) || !acquainted.test(peer));
    grapevine.acquaintedWith(acquaintances);
    followed.addAll(acquaintances);
    assumed.keySet().removeIf(peer -> !followed.contains(peer));
    followed.forEach(peer -> assumed.computeIfAbsent(peer, _ -> new Assumed()));
  }

  private long distance(Guid peer) {
    return here.distanceTo(peer.position());
  }

  /// The next peer on the ring and the previous one.
  private List<Guid> near() {
    return switch (ring.size()) {
      case 0 -> List.of();
      case 1 -> List.of(ring.getFirst());
      default -> List.of(ring.getFirst(), ring.getLast());
    };
  }

  /// The next peer on the ring.
  Optional<Guid> next() {
    return ring.stream().findFirst();
  }

  /// A peer is gone, and may lack anything when it comes back.
  void forget(Guid peer) {
    assumed.remove(peer);
  }

  /// A peer can be taken to hold a log this far.
  void holds(Guid peer, LogHead head) {
    Assumed known = assumed.get(peer);
    if (known != null) {
      known.add(head);
    }
  }

  /// A peer can be taken to hold a record.
  void holds(Guid peer, RecordHead head) {
    Assumed known = assumed.get(peer);
    if (known != null) {
      known.add(head);
    }
  }

  /// A peer has not been handed what it was to be handed.
  void lacks(Guid peer, LogId log) {
    Assumed known = assumed.get(peer);
    if (known != null) {
      known.remove(log);
    }
  }

  /// There is something new to tell.
  void changed(Instant now) {
    tellAt = tellAt.equals(Instant.MAX) ? now.plus(pace(now)) : tellAt;
    quietAt = Instant.MAX;
    grapevine.changed(now);
  }

  /// What has been missing here has come.
  void repaired(Instant now, Guid origin) {
    repaired.add(origin);
    repairAt = repairAt.equals(Instant.MAX) ? now.plus(repairDelay) : repairAt;
  }

  /// Somebody has been found to lack something, be it this node.
  void trouble(Instant now) {
    troubledUntil = now.plus(TROUBLE);
  }

  /// Tells what is due.
  ///
  /// @return a peer to compare with, because there has been nothing to tell for a while
  Optional<Guid> onTime(Instant now, Post post) {
    if (!repairAt.isAfter(now)) {
      tellRepairs(post);
    }
    if (!tellAt.isAfter(now)) {
      tell(now, post);
    }
    grapevine.onTime(now, assumed, post);
    if (!quietAt.isAfter(now)) {
      quietAt = Instant.MAX;
      return next();
    }
    return Optional.empty();
  }

  private boolean isTroubled(Instant now) {
    return troubledUntil.isAfter(now);
  }

  private Duration pace(Instant now) {
    return isTroubled(now) ? interval.dividedBy(2) : interval;
  }

  private void tell(Instant now, Post post) {
    int left = near().size() + 1;
    boolean troubled = isTroubled(now);
    boolean told = false;
    while (left > 0 && (troubled || !told)) {
      told |= tellNext(troubled, post);
      left--;
    }
    boolean more = left > 0 && isSomebodyUnaware();
    tellAt = more ? now.plus(pace(now)) : Instant.MAX;
    if (!more) {
      turn = 0;
      quietAt = troubled ? now.plus(pace(now).multipliedBy(QUIET_INTERVALS)) : Instant.MAX;
    }
  }

  private boolean isSomebodyUnaware() {
    return near().stream().anyMatch(teller::hasNewsFor) || anybodyKnows < teller.last();
  }

  /// Tells whoever's turn it is.
  ///
  /// @return whether there was something to tell it
  private boolean tellNext(boolean troubled, Post post) {
    List<Guid> near = near();
    int mine = turn++ % (near.size() + 1);
    if (mine < near.size()) {
      Guid peer = near.get(mine);
      Optional<Frame> news =
          Optional.ofNullable(assumed.get(peer)).flatMap(known -> teller.news(peer, known));
      news.ifPresent(frame -> post.send(peer, frame));
      return news.isPresent();
    }
    return tellAnybody(near, troubled ? TROUBLED_ANYBODIES : 1, post);
  }

  /// Tells one by chance, or some who stand as far apart on the ring as can be.
  private boolean tellAnybody(List<Guid> near, int count, Post post) {
    Optional<Frame> news =
        ring.size() > near.size() ? teller.recent(anybodyKnows) : Optional.empty();
    anybodyKnows = teller.last();
    news.ifPresent(frame -> {
      int others = ring.size() - near.size();
      int told = Math.min(count, others);
      int first = random.nextInt(others);
      for (int i = 0; i < told; i++) {
        post.send(ring.get(1 + (first + i * others / told) % others), frame);
      }
    });
    return news.isPresent();
  }

  private void tellRepairs(Post post) {
    repairAt = Instant.MAX;
    if (!repaired.isEmpty() && repaired.size() <= REPAIRS_MAX) {
      Frame news = teller.of(repaired);
      for (Guid peer : probablyLacking()) {
        post.send(peer, news);
      }
    }
    repaired.clear();
  }

  private Set<Guid> probablyLacking() {
    Set<Guid> lacking = new LinkedHashSet<>();
    for (int i = 0; i < Math.min(REPAIR_NEAR, ring.size()); i++) {
      lacking.add(ring.get(i));
      lacking.add(ring.get(ring.size() - 1 - i));
    }
    for (int i = 0; i < REPAIR_FAR && !ring.isEmpty(); i++) {
      lacking.add(ring.get(random.nextInt(ring.size())));
    }
    return Collections.unmodifiableSet(lacking);
  }

  Instant deadline() {
    Instant next = earlier(tellAt, repairAt);
    return earlier(next, earlier(quietAt, grapevine.deadline()));
  }
}
