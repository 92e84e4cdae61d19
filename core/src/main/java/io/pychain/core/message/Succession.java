package io.pychain.core.message;

import io.pychain.core.ring.Guid;

/// A member's wish to have another key: signed by both, so that nobody gives away a GUID that is
/// not its own, and nobody takes a key that is another's.
///
/// @param guid of the member
/// @param epoch the first that the next key signs
/// @param former the key that the member has
/// @param next the key that it wants
/// @param consent signature of the former over GUID, epoch and next key
/// @param proof signature of the next over GUID, epoch and former key
public record Succession(
    Guid guid, int epoch, NodeKey former, NodeKey next, Bytes consent, Bytes proof) {
  /// How far the first epoch of the next key lies above the last that the member knows to have: as
  /// with a ban, what another boot node has given meanwhile is below it, and still the former's.
  public static final int EPOCHS = 64;
}
