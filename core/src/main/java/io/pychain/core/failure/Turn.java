package io.pychain.core.failure;

import io.pychain.core.ring.Guid;

/// A change in what this node holds of a member, for whoever looks after it.
///
/// @param guid of whom
/// @param kind what has changed
public record Turn(Guid guid, Kind kind) {
  /// What may change.
  public enum Kind {
    /// Accused of being dead, by a member that has a say or by this node.
    SUSPECTED,
    /// Found dead by a quorum of its watchers.
    DEAD,
    /// Takes part again, or was not dead after all.
    BACK,
    /// Not heard of for so long that it counts no more.
    FORGOTTEN
  }
}
