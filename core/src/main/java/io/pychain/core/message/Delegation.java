package io.pychain.core.message;

import java.time.Instant;

/// The authority's word that another key may sign in its name for a while: that of a boot node,
/// while the authority's own key lies in a safe.
///
/// It goes about inside what the delegate signs, so that each such paper proves itself to whoever
/// knows the authority's key only.
///
/// @param network for which network it holds
/// @param delegate the key of the boot node
/// @param until when it ends: nothing dated later is believed
/// @param sealed the bytes that the authority signed
public record Delegation(NetworkId network, NodeKey delegate, Instant until, Sealed sealed) {
  /// Whether the delegate may sign no more.
  public boolean hasEnded(Instant now) {
    return now.isAfter(until);
  }
}
