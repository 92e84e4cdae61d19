package io.pychain.core.broadcast;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;

/// One parcel for one member, with the stretch (to, limit) that it is asked to cover.
///
/// @param to who gets it
/// @param parcel what
/// @param limit end of the stretch
/// @param hops how many links the parcel will have crossed on arrival
/// @param number of this handoff among those to this member over its link
public record Handoff(Guid to, Parcel parcel, Position limit, int hops, long number) {
  /// The frame that says so.
  public Frame.Carrier frame() {
    return parcel.frame(this);
  }

  Load load() {
    return new Load(parcel, hops);
  }
}
