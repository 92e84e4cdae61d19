package io.pychain.core.protocol;

/// What must hold if this code is right. Always on: a node that has gone wrong stops rather than
/// spread it.
final class Invariant {
  private Invariant() {}

  /// @throws IllegalStateException if it does not hold
  static void check(boolean holds, String claim) {
    if (!holds) {
      throw new IllegalStateException("broken: " + claim);
    }
  }
}
