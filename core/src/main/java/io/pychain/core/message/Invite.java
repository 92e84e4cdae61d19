package io.pychain.core.message;

import java.time.Instant;
import java.util.Optional;

/// The authority's word that whoever holds a key may name one newcomer, which is then admitted at
/// no price.
///
/// @param network for which network it holds
/// @param id the key, which also names the invitation
/// @param until when it ends, by the boot node's clock
/// @param delegation of the authority to who signed this, if it did not do so itself
/// @param sealed the bytes that the authority, or its delegate, signed
public record Invite(
    NetworkId network, NodeKey id, Instant until, Optional<Delegation> delegation, Sealed sealed) {}
