package io.pychain.core.broadcast;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Handover;
import io.pychain.core.ring.Position;
import io.pychain.core.ring.Ring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Splits stretches of the circle among the members that this node has links to: the **heirs**, the
/// first of each arc that can be reached.
///
/// Whom this node cannot reach is reached by somebody else. An heir covers up to the next heir, not
/// only to the end of its arc, and so those before the next heir that this node has no link to:
///
/// ```
///   self      A        ·     · │ ·   B      ·       │  ·        ·   limit
///   ├─────────┼────────────────┼─────┼──────────────┼───────────────┤
///             └── A covers up to B ──┘└── B covers up to the limit ─┘
///    nobody but self covers these: owed, until a link into them comes up
/// ```
///
/// So where many have died at once nothing waits for arcs to be linked anew; and as long as every
/// member has a link to the first living one after it, everybody gets it.
///
/// When an heir is lost with what it was handed, its share is split anew in the same way, and what
/// lies before the first new heir goes to the nearest member before it, which has the parcel and
/// covers on from where it was asked to end.
public final class Broadcast {
  private final Guid self;
  private final Ring members;
  private final Function<Guid, Instant> heard;
  private final Ring reachable = new Ring();
  private final TreeSet<Guid> silent = new TreeSet<>();
  private final Fingers heirs;
  private final Covered covered = new Covered();
  private final TreeMap<Way, InFlight> inFlight = new TreeMap<>();
  private final Owed owed = new Owed();
  private final Congestion congestion = new Congestion();
  private Instant checkAt = Instant.MAX;

  /// Handoffs to anybody that are not acknowledged.
  private int awaited;

  /// To a peer, in either of the two lanes of the link to it: what is urgent overtakes the rest.
  private record Way(Guid peer, boolean urgent) implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      int byPeer = peer.compareTo(other.peer);
      return byPeer != 0 ? byPeer : Boolean.compare(other.urgent, urgent);
    }

    static List<Way> to(Guid peer) {
      return List.of(new Way(peer, true), new Way(peer, false));
    }
  }

  /// Covers nothing yet, and reaches nobody.
  ///
  /// @param self this node
  /// @param members those who take part, as they are at any time
  /// @param heard when something was last heard of a member that is linked
  public Broadcast(Guid self, Base base, Ring members, Function<Guid, Instant> heard) {
    this.self = self;
    this.members = members;
    this.heard = heard;
    this.heirs = new Fingers(base, reachable);
  }

  /// Sends an own parcel round the whole circle.
  public List<Handoff> originate(Instant now, Parcel parcel) {
    return cover(now, new Load(parcel, 1), self.position());
  }

  /// A parcel has come by another way than broadcast, and nothing was covered for it.
  public void arrived(Parcel parcel) {
    covered.extend(parcel.key(), 0);
  }

  /// Whether a parcel has come or left of late. What is held for longer is not carried again: it
  /// would let anybody send old parcels round and round.
  public boolean isRecent(Parcel parcel) {
    return covered.contains(parcel.key());
  }

  /// Covers the part of (self, limit) that was not covered yet for what has come.
  public List<Handoff> carry(Instant now, Frame.Carrier frame) {
    boolean nobody = frame.limit().equals(self.position());
    Load load = new Load(Parcel.of(frame), frame.hops() + 1);
    return nobody ? List.of() : cover(now, load, frame.limit());
  }

  private List<Handoff> cover(Instant now, Load load, Position limit) {
    long last = distanceTo(limit) - 1;
    long done = covered.of(load.parcel().key());
    if (Long.compareUnsigned(last, done) <= 0) {
      return List.of();
    }
    covered.extend(load.parcel().key(), last);
    return spread(now, load, done, last);
  }

  /// Hands out the distances beyond `after` up to `last`.
  private List<Handoff> spread(Instant now, Load load, long after, long last) {
    List<Handover> split = split(load, after, last);
    List<Handoff> handoffs = hand(now, load, split, last);
    long lastBefore = lastBefore(split, last);
    if (isAnybodyIn(after, lastBefore)) {
      handoffs.addAll(bridge(now, load, after, lastBefore));
    }
    return handoffs;
  }

  /// Those whom no heir covers: goes back to the heir before them, else they are owed.
  private List<Handoff> bridge(Instant now, Load load, long after, long last) {
    Optional<Guid> before = after == 0 ? Optional.empty() : reachable.lastIn(arc(0, after));
    if (before.isPresent() && mayTake(before.get(), load)) {
      return List.of(hand(now, load, new Handover(before.get(), at(last + 1)), 0));
    }
    owed.add(new Owed.Stretch(load, after, last, now.plus(Owed.KEPT)));
    return List.of();
  }

  private List<Handover> split(Load load, long after, long last) {
    return heirs.cover(
        self,
        at(last + 1),
        peer -> Long.compareUnsigned(distanceTo(peer), after) > 0 && mayTake(peer, load));
  }

  /// A slow peer is handed no data at all, so that what it fetches by network sync gets through.
  private boolean mayTake(Guid peer, Load load) {
    return load.parcel().isUrgent() || !congestion.isSlow(peer);
  }

  private long lastBefore(List<Handover> split, long last) {
    return split.isEmpty() ? last : distanceTo(split.getFirst().to()) - 1;
  }

  private boolean isAnybodyIn(long after, long last) {
    return after != last && members.firstIn(arc(after, last)).isPresent();
  }

  /// The distances beyond `after` up to `last`, which is not the same.
  private Arc arc(long after, long last) {
    return new Arc(at(after + 1), at(last + 1));
  }

  private Position at(long distance) {
    return self.position().plus(distance);
  }

  private long distanceTo(Guid peer) {
    return distanceTo(peer.position());
  }

  private long distanceTo(Position position) {
    return self.position().distanceTo(position);
  }

  /// Each covers up to the next, and the last up to the end of the whole.
  private List<Handoff> hand(Instant now, Load load, List<Handover> split, long last) {
    List<Handoff> handoffs = new ArrayList<>(split.size() + 1);
    for (int i = 0; i < split.size(); i++) {
      Position limit = i + 1 < split.size() ? split.get(i + 1).to().position() : at(last + 1);
      handoffs.add(hand(now, load, new Handover(split.get(i).to(), limit), 0));
    }
    return handoffs;
  }

  private Handoff hand(Instant now, Load load, Handover share, int losses) {
    Way way = new Way(share.to(), load.parcel().isUrgent());
    InFlight flight = inFlight.computeIfAbsent(way, _ -> new InFlight());
    Handoff handoff =
        new Handoff(share.to(), load.parcel(), share.limit(), load.hops(), flight.next());
    awaited -= flight.size();
    flight.add(now, handoff, losses);
    awaited += flight.size();
    if (!way.urgent()) {
      congestion.update(now, way.peer(), flight);
    }
    checkAt = earlier(checkAt, now.plus(InFlight.PATIENCE_MIN));
    return handoff;
  }

  /// The peer has taken what this names: hands to it again what was lost on the way.
  public List<Handoff> acknowledged(Instant now, Guid peer, Frame.Ack ack) {
    InFlight flight = inFlight.get(new Way(peer, ack.urgent()));
    if (flight == null) {
      return List.of();
    }
    awaited -= flight.size();
    List<InFlight.Lost> lost = flight.acknowledged(now, ack);
    awaited += flight.size();
    List<Handoff> handoffs = again(now, lost);
    checkAt = awaited == 0 ? Instant.MAX : checkAt;
    if (!ack.urgent() && congestion.update(now, peer, flight)) {
      handoffs.addAll(settleOwed(now, peer));
    }
    return handoffs;
  }

  private List<Handoff> again(Instant now, List<InFlight.Lost> lost) {
    List<Handoff> handoffs = new ArrayList<>(lost.size());
    for (InFlight.Lost one : lost) {
      Handoff handoff = one.handoff();
      Handover share = new Handover(handoff.to(), handoff.limit());
      handoffs.add(hand(now, handoff.load(), share, one.losses()));
    }
    return handoffs;
  }

  /// Whether all that was handed to anybody has been taken; what is owed is left to network sync.
  public boolean isSettled() {
    return awaited == 0;
  }

  /// A link to a peer is up: hands to it what is owed where it is, and after it.
  public List<Handoff> linkUp(Instant now, Guid peer) {
    reachable.add(peer);
    return settleOwed(now, peer);
  }

  private List<Handoff> settleOwed(Instant now, Guid peer) {
    List<Handoff> handoffs = new ArrayList<>();
    for (Owed.Stretch stretch : owed.takeAt(now, distanceTo(peer))) {
      long before = distanceTo(peer) - 1;
      if (Long.compareUnsigned(before, stretch.after()) > 0
          && isAnybodyIn(stretch.after(), before)) {
        owed.add(new Owed.Stretch(stretch.load(), stretch.after(), before, stretch.until()));
      }
      handoffs.add(hand(now, stretch.load(), new Handover(peer, at(stretch.last() + 1)), 0));
    }
    return handoffs;
  }

  /// A peer's link is replaced by another: hands to it again what it may not have taken.
  public List<Handoff> linkReplaced(Instant now, Guid peer) {
    List<Handoff> open = forget(peer);
    reachable.add(peer);
    return again(now, open.stream().map(handoff -> new InFlight.Lost(handoff, 0)).toList());
  }

  /// The link to a peer is gone: gives to others what it may not have taken.
  public List<Handoff> linkDown(Instant now, Guid peer) {
    return handOver(now, forget(peer));
  }

  private List<Handoff> forget(Guid peer) {
    reachable.remove(peer);
    silent.remove(peer);
    congestion.forget(peer);
    List<Handoff> open = new ArrayList<>();
    for (Way way : Way.to(peer)) {
      open.addAll(takeBack(inFlight.remove(way)));
    }
    return open;
  }

  private List<Handoff> takeBack(@Nullable InFlight flight) {
    if (flight == null) {
      return List.of();
    }
    awaited -= flight.size();
    return flight.giveUp();
  }

  /// Forgets the batches of an origin: whoever lacks them will not get them.
  public void letGo(Guid origin) {
    owed.letGo(origin);
    inFlight.values().forEach(flight -> awaited -= flight.letGo(origin));
  }

  /// Splits anew what was lost, and with it whom it was handed to: a link that is gone does not
  /// mean that the member is.
  private List<Handoff> handOver(Instant now, List<Handoff> lost) {
    List<Handoff> handoffs = new ArrayList<>();
    for (Handoff handoff : lost) {
      long last = distanceTo(handoff.limit()) - 1;
      handoffs.addAll(spread(now, handoff.load(), distanceTo(handoff.to()) - 1, last));
    }
    return handoffs;
  }

  /// What was handed to a peer has found no room on the way to it, and was not sent: gives its
  /// share to others. The peer itself is left to network sync, which brings it as much as it takes.
  public List<Handoff> unsent(Instant now, Guid peer, Frame.Carrier frame) {
    Optional<Handoff> withdrawn =
        Optional.ofNullable(inFlight.get(new Way(peer, frame.isUrgent())))
            .flatMap(flight -> flight.withdraw(frame.number()));
    awaited -= withdrawn.isPresent() ? 1 : 0;
    return withdrawn
        .map(lost -> spread(now, lost.load(), distanceTo(peer), distanceTo(lost.limit()) - 1))
        .orElse(List.of());
  }

  /// Whether a peer has yet to take what was handed to it, and is not overdue.
  public boolean isAwaited(Guid peer) {
    return Way.to(peer).stream()
        .map(inFlight::get)
        .anyMatch(flight -> flight != null && !flight.isEmpty());
  }

  /// Whether a peer that is linked has fallen silent.
  public boolean isSilent(Guid peer) {
    return !silent.isEmpty() && silent.contains(peer);
  }

  /// Something has come from a peer: it is not silent.
  public List<Handoff> heard(Instant now, Guid peer) {
    if (silent.isEmpty() || !silent.remove(peer)) {
      return List.of();
    }
    reachable.add(peer);
    checkAt = earlier(checkAt, now.plus(InFlight.PATIENCE_MIN));
    return settleOwed(now, peer);
  }

  /// Finds peers that have fallen silent with a handoff overdue. They are handed nothing more until
  /// they are heard again.
  ///
  /// @return those found now; [#giveUp] is to be called for each
  public List<Guid> fallenSilent(Instant now) {
    owed.forget(now);
    if (checkAt.isAfter(now)) {
      return List.of();
    }
    List<Guid> fallen = new ArrayList<>();
    checkAt = Instant.MAX;
    inFlight.forEach((way, flight) -> {
      if (!isSilent(way.peer()) && flight.isSilent(now, heard.apply(way.peer()))) {
        fallen.add(way.peer());
        passOver(way.peer());
      } else if (!isSilent(way.peer())) {
        checkAt = earlier(checkAt, flight.dueAt());
      }
    });
    return fallen;
  }

  /// Hands again, to peers that are not silent, what was handed last and is overdue.
  public List<Handoff> handLateAgain(Instant now) {
    List<InFlight.Lost> late = new ArrayList<>();
    inFlight.forEach((way, flight) -> {
      if (!isSilent(way.peer())) {
        flight.takeLate().ifPresent(late::add);
      }
    });
    awaited -= late.size();
    return again(now, late);
  }

  private void passOver(Guid peer) {
    reachable.remove(peer);
    silent.add(peer);
  }

  /// Passes over the peers that have been too slow for too long: they are handed no data. What they
  /// have been handed is still on its way.
  public void passOverSlow(Instant now) {
    congestion.fallenSlow(now);
  }

  /// Whether those who are handed something take it as fast as it comes, but for those that are
  /// passed over: if not, this node originates no data.
  public boolean keepsUp() {
    return congestion.isOpen();
  }

  /// Passes over a peer that is silent, and gives to others what it has not taken.
  public List<Handoff> giveUp(Instant now, Guid peer) {
    if (!reachable.contains(peer) && !silent.contains(peer)) {
      return List.of();
    }
    passOver(peer);
    List<Handoff> given = new ArrayList<>();
    congestion.forget(peer);
    for (Way way : Way.to(peer)) {
      given.addAll(takeBack(inFlight.get(way)));
    }
    return handOver(now, given);
  }

  /// When [#fallenSilent] and [#passOverSlow] are to be called next.
  public Instant deadline() {
    return earlier(checkAt, congestion.deadline());
  }
}
