package io.pychain.core.ring;

import io.pychain.core.ring.Partner.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The arcs of each member, who is first in them, and so who passes a batch on to whom.
///
/// Member p divides the circle by the base b = 2^s. At level 1 it cuts the circle into b parts, of
/// which the first begins at p. The other b − 1 parts are arcs. At level 2 it cuts that first part
/// into b parts in the same way, and so on. The circle of p, unrolled clockwise, for b = 2 and b =
/// 4:
///
/// ```
/// b = 2   p···|---|-------|---------------|-------------------------------p
///            1/16 1/8    1/4             1/2                              1
///           lvl 4  lvl 3     level 2                 level 1
///
/// b = 4   p···|---|---|---|---------------|---------------|---------------p
///            1/16 2/16   1/4             2/4             3/4              1
///           level 2: d=1,2,3    level 1: d=1          d=2             d=3
/// ```
///
/// In general level l has the arcs [p + d·w, p + (d+1)·w) for d = 1 … b − 1, of the width w = 2^(64
/// − s·l). They tile the circle after p. Members lie on multiples of 2^(64 − k), where k is the
/// ring's resolution, so after ⌈k/s⌉ levels nobody can be nearer, and the levels end.
///
/// **Cover.** Whoever is asked to cover (p, limit) hands each of its arcs, cut at the limit, to the
/// first usable member in it, which covers from itself to the end of that arc. A member that was
/// found in an arc of level l has less than w before it, so its own arcs are of level l + 1 and
/// deeper: a batch takes ⌈k/s⌉ hops at most, which is ⌈log_b N⌉ if the members are 0 … N − 1. Arcs
/// do not overlap, so nobody is handed it twice.
///
/// **What is promised if members are not usable.** Let each member p have its own idea u(p, m) of
/// whom it can reach, and let what p hands to a usable m arrive. Then nobody gets the batch twice,
/// and a member that does not get it was judged not usable by a member that did get it and had it
/// in its arc. In particular, if all agree, every usable member gets it, once, with as many sends
/// as there are usable members besides the origin. Whoever was passed over is repaired by sync.
///
/// A view on a [Ring] that may change; not safe for use by several threads.
public final class Fingers {

  private final Base base;
  private final Ring ring;

  /// The fingers on this ring, always as the ring is at the moment of the question.
  public Fingers(Base base, Ring ring) {
    this.base = base;
    this.ring = ring;
  }

  /// The base of all arcs.
  public Base base() {
    return base;
  }

  /// The ring itself, not a copy.
  public Ring ring() {
    return ring;
  }

  /// All arcs of `self` (a member or not), clockwise from it: the deepest level first.
  /// Unmodifiable.
  ///
  /// They tile the circle from [#reach] after `self` to `self`.
  public List<Arc> arcs(Guid self) {
    Position start = self.position();
    List<Arc> arcs = new ArrayList<>();
    for (int level = levels(self); level >= 1; level--) {
      long width = width(level);
      for (int part = 1; part < base.parts(); part++) {
        arcs.add(new Arc(start.plus(part * width), start.plus((part + 1) * width)));
      }
    }
    return List.copyOf(arcs);
  }

  /// The width of the sliver that follows `self` and belongs to no arc. It holds nobody.
  public long reach(Guid self) {
    return width(levels(self));
  }

  /// The arc of `self` that `peer` lies in.
  ///
  /// @throws IllegalArgumentException if they are the same, since nobody is in an arc of its own
  public Arc arcOf(Guid self, Guid peer) {
    if (self.equals(peer)) {
      throw new IllegalArgumentException("Member " + self + " is in none of its own arcs");
    }
    long start = self.place();
    long distance = peer.place() - start;
    long last = base.lastInArcOf(distance);
    long first = last + 1 - base.widthOfArcOf(distance);
    return new Arc(new Position(start + first), new Position(start + last + 1));
  }

  /// Whom `self` hands the stretch (self, limit) to: of each of its arcs, cut at the limit, the
  /// first usable member, with the end of the cut arc as its limit. Clockwise from `self`.
  /// Unmodifiable.
  ///
  /// `usable` is asked clockwise, only about those in the stretch, and once each at most.
  ///
  /// @param limit exclusive; the position of `self` means the whole circle
  public List<Handover> cover(Guid self, Position limit, Predicate<Guid> usable) {
    long start = self.place();
    long last = limit.value() - start - 1;
    List<Handover> handovers = new ArrayList<>();
    // Goes from one member to the next arc with a member, not from arc to arc: most are empty.
    long distance = ring.nextUsable(start, 1, last, usable);
    while (distance != 0) {
      long end = min(base.lastInArcOf(distance), last);
      handovers.add(new Handover(Ring.guidAt(start + distance), new Position(start + end + 1)));
      distance = end == last ? 0 : ring.nextUsable(start, end + 1, last, usable);
    }
    return Collections.unmodifiableList(handovers);
  }

  /// Whom `self` wants links to: the first usable member of each arc and the nearest `neighbours`
  /// usable members on either side. Clockwise from `self`, each once. Unmodifiable.
  public List<Partner> partners(Guid self, int neighbours, Predicate<Guid> usable) {
    Position start = self.position();
    TreeMap<Long, EnumSet<Kind>> kinds = new TreeMap<>(Long::compareUnsigned);
    for (Handover handover : cover(self, start, usable)) {
      Guid peer = handover.to();
      note(kinds, start, peer, isPrimary(self, peer) ? Kind.PRIMARY : Kind.BACKUP);
    }
    for (Guid peer : ring.successors(self, neighbours, usable)) {
      note(kinds, start, peer, Kind.NEIGHBOUR);
    }
    for (Guid peer : ring.predecessors(self, neighbours, usable)) {
      note(kinds, start, peer, Kind.NEIGHBOUR);
    }
    List<Partner> partners = new ArrayList<>();
    kinds.forEach((at, why) -> partners.add(new Partner(Ring.guidAt(start.plus(at).value()), why)));
    return Collections.unmodifiableList(partners);
  }

  /// Whether `peer` is among the [#partners] of `self`. Costs a few lookups and makes no lists.
  public boolean wants(Guid self, Guid peer, int neighbours, Predicate<Guid> usable) {
    if (self.equals(peer) || !ring.contains(peer) || !usable.test(peer)) {
      return false;
    }
    return isFirst(self, peer, usable)
        || fewerBetween(self, peer, neighbours, usable)
        || fewerBetween(peer, self, neighbours, usable);
  }

  /// Whether `peer`, a member, is the first member of the arc of `self` that it lies in.
  public boolean isPrimary(Guid self, Guid peer) {
    return isFirst(self, peer, _ -> true);
  }

  private boolean isFirst(Guid self, Guid peer, Predicate<Guid> usable) {
    long start = self.place();
    long distance = peer.place() - start;
    if (distance == 0) {
      return false;
    }
    long width = base.widthOfArcOf(distance);
    long first = distance & -width;
    return ring.nextUsable(start, first, distance, usable) == distance;
  }

  /// Whether there are fewer than `count` usable members strictly between the two.
  private boolean fewerBetween(Guid from, Guid until, int count, Predicate<Guid> usable) {
    long start = from.place();
    long last = until.place() - start - 1;
    int seen = 0;
    long at = ring.nextUsable(start, 1, last, usable);
    while (at != 0 && seen < count) {
      seen++;
      at = ring.nextUsable(start, at + 1, last, usable);
    }
    return seen < count;
  }

  private static void note(
      TreeMap<Long, EnumSet<Kind>> kinds, Position start, Guid peer, Kind kind) {
    long at = start.distanceTo(peer.position());
    kinds.computeIfAbsent(at, _ -> EnumSet.noneOf(Kind.class)).add(kind);
  }

  private int levels(Guid self) {
    return base.levels(Math.max(ring.resolution(), Ring.bitsOf(self)));
  }

  private long width(int level) {
    return 1L << (Long.SIZE - base.bits() * level);
  }

  private static long min(long one, long other) {
    return Long.compareUnsigned(one, other) < 0 ? one : other;
  }
}
