package io.pychain.core.broadcast;

import io.pychain.core.ring.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What was handed to one member over one link and not yet acknowledged, oldest first. Bounded in
/// number and bytes; what falls out is left to network sync.
final class InFlight {
  static final int HANDOFFS_MAX = 512;
  static final long BYTES_MAX = 4 << 20;

  private final Deque<Handoff> handoffs = new ArrayDeque<>();
  private long bytes;
  private long settled;

  void add(Handoff handoff) {
    handoffs.add(handoff);
    bytes += handoff.parcel().length();
    while (handoffs.size() > HANDOFFS_MAX || bytes > BYTES_MAX) {
      settle();
    }
  }

  /// Settles all up to the count that the other side has taken, in all.
  void taken(long count) {
    while (settled < count && !handoffs.isEmpty()) {
      settle();
    }
  }

  private void settle() {
    bytes -= handoffs.remove().parcel().length();
    settled++;
  }

  /// Takes back a handoff that was never sent, and so will never be counted.
  Optional<Handoff> withdraw(Parcel.Key parcel, Position limit) {
    Iterator<Handoff> newestFirst = handoffs.descendingIterator();
    while (newestFirst.hasNext()) {
      Handoff handoff = newestFirst.next();
      if (handoff.limit().equals(limit) && handoff.parcel().key().equals(parcel)) {
        newestFirst.remove();
        bytes -= handoff.parcel().length();
        return Optional.of(handoff);
      }
    }
    return Optional.empty();
  }

  List<Handoff> open() {
    return List.copyOf(handoffs);
  }
}
