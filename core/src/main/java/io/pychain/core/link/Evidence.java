package io.pychain.core.link;

/// What a failed dial says about the member, the surest sign of death first. Where several
/// addresses were tried, the weakest of their signs counts.
public enum Evidence {
  /// Its machine answers, and nobody listens there: the process is gone.
  REFUSED,
  /// Nothing answers, or no way leads there, or no such host is known: a machine without power, a
  /// cable, a partition, of either side.
  UNREACHABLE,
  /// Somebody took the connection and said nothing in time: a process that stands still.
  MUTE,
  /// Somebody else answered, or somebody who is too busy now, or this node did not try at all.
  OTHER;

  /// The weaker sign of two.
  public Evidence weaker(Evidence other) {
    return compareTo(other) < 0 ? other : this;
  }
}
