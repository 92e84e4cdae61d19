package io.pychain.core.ring;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// A member that another one wants a link to, and why.
///
/// @param peer the wanted partner
/// @param kinds all the reasons, at least one, in the order of [Kind]; unmodifiable
public record Partner(Guid peer, Set<Kind> kinds) {

  /// Why a link is wanted.
  public enum Kind {
    /// The first member of one of the arcs: gets batches pushed.
    PRIMARY,
    /// Stands in for the members before it in its arc, which are not usable.
    BACKUP,
    /// Among the nearest on either side: keeps the ring closed.
    NEIGHBOUR,
    /// Drawn by lot for a while: tells what the others keep to themselves; see [Lots].
    ACQUAINTANCE
  }

  /// @throws IllegalArgumentException if there is no reason
  public Partner {
    kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
  }

  /// Whether this reason is among them.
  public boolean is(Kind kind) {
    return kinds.contains(kind);
  }

  /// Whether this is the only reason.
  public boolean isOnly(Kind kind) {
    return kinds.size() == 1 && is(kind);
  }
}
