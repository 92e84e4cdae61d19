package io.pychain.core.broadcast;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Handover;
import io.pychain.core.ring.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Splits stretches of the circle among the members that this node has links to.
public final class Broadcast {
  private final Guid self;
  private final Fingers fingers;
  private final Predicate<Guid> linked;
  private final Covered covered = new Covered();
  private final TreeMap<Way, InFlight> inFlight = new TreeMap<>();

  /// To a peer, in either of the two lanes of the link to it: what is urgent overtakes the rest.
  private record Way(Guid peer, boolean urgent) implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      int byPeer = peer.compareTo(other.peer);
      return byPeer != 0 ? byPeer : Boolean.compare(other.urgent, urgent);
    }
  }

  /// Covers nothing yet.
  ///
  /// @param self this node
  /// @param fingers over the ring of those who take part
  /// @param linked whether a member can be handed something now
  public Broadcast(Guid self, Fingers fingers, Predicate<Guid> linked) {
    this.self = self;
    this.fingers = fingers;
    this.linked = linked;
  }

  /// Sends an own parcel round the whole circle.
  public List<Handoff> originate(Parcel parcel) {
    return cover(parcel, self.position(), 1);
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

  /// Covers the part of (self, limit) that was not covered yet for this parcel.
  ///
  /// @param hops how many links the parcel has crossed to get here
  public List<Handoff> carry(Parcel parcel, Position limit, int hops) {
    return limit.equals(self.position()) ? List.of() : cover(parcel, limit, hops + 1);
  }

  private List<Handoff> cover(Parcel parcel, Position limit, int hops) {
    long last = limit.value() - self.position().value() - 1;
    long done = covered.of(parcel.key());
    if (Long.compareUnsigned(last, done) <= 0) {
      return List.of();
    }
    covered.extend(parcel.key(), last);
    Predicate<Guid> uncovered = peer -> linked.test(peer) && beyond(peer, done);
    return hand(parcel, fingers.cover(self, limit, uncovered), hops);
  }

  private boolean beyond(Guid peer, long distance) {
    return Long.compareUnsigned(distanceTo(peer), distance) > 0;
  }

  private List<Handoff> hand(Parcel parcel, List<Handover> handovers, int hops) {
    List<Handoff> handoffs = new ArrayList<>(handovers.size());
    for (Handover handover : handovers) {
      Handoff handoff = new Handoff(handover.to(), parcel, handover.limit(), hops);
      Way way = new Way(handover.to(), parcel.isUrgent());
      inFlight.computeIfAbsent(way, _ -> new InFlight()).add(handoff);
      handoffs.add(handoff);
    }
    return handoffs;
  }

  /// The peer has taken so many handoffs of its link, in all.
  public void taken(Guid peer, Frame.Ack ack) {
    InFlight flight = inFlight.get(new Way(peer, ack.urgent()));
    if (flight != null) {
      flight.taken(ack.taken());
    }
  }

  /// Whether everything that was handed to somebody has been taken.
  public boolean isSettled() {
    return inFlight.values().stream().allMatch(flight -> flight.open().isEmpty());
  }

  /// The link to a peer is gone: gives each stretch that it may not have taken to the next member
  /// in the same stretch that can be reached. The peer is no longer `linked`, or is so anew.
  public List<Handoff> linkDown(Guid peer) {
    List<Handoff> again = new ArrayList<>();
    for (boolean urgent : new boolean[] {true, false}) {
      InFlight flight = inFlight.remove(new Way(peer, urgent));
      if (flight != null) {
        flight.open().forEach(lost -> again.addAll(handOver(lost, distanceTo(peer) - 1)));
      }
    }
    return again;
  }

  /// What was handed to a peer has found no room on the way to it, and was not sent: gives the
  /// stretch to the next member in it that can be reached. The peer itself is left to network sync,
  /// which brings it as much as it takes.
  public List<Handoff> unsent(Guid peer, Frame.Carrier frame) {
    return Optional.ofNullable(inFlight.get(new Way(peer, frame.isUrgent())))
        .flatMap(flight -> flight.withdraw(Parcel.of(frame).key(), frame.limit()))
        .map(lost -> handOver(lost, distanceTo(peer)))
        .orElse(List.of());
  }

  private long distanceTo(Guid peer) {
    return self.position().distanceTo(peer.position());
  }

  /// @param done distance up to which nobody is handed anything
  private List<Handoff> handOver(Handoff lost, long done) {
    Predicate<Guid> heir = peer -> linked.test(peer) && beyond(peer, done);
    return hand(lost.parcel(), fingers.cover(self, lost.limit(), heir), lost.hops());
  }
}
