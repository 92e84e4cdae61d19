package io.pychain.core.failure;

/// State of a member as this node sees it.
public enum State {
  /// Takes part.
  ALIVE,
  /// Accused of being dead, and still time to answer.
  SUSPECT,
  /// Found dead by a quorum of its watchers.
  DEAD,
  /// Left of its own will, or pardoned and not back yet.
  LEFT,
  /// Banned by the authority.
  REVOKED
}
