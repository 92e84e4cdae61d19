package io.pychain.core.message;

import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.Optional;

/// The authority's word that a GUID belongs to a key in this network.
///
/// @param network for which network it holds
/// @param guid the number given
/// @param epoch the highest epoch that the holder may publish in, from 1
/// @param key the holder's key
/// @param issued when, by the boot node's clock
/// @param invite the invitation that the holder was admitted by, which is thereby spent
/// @param delegation of the authority to who signed this, if it did not do so itself
/// @param sealed the bytes that the authority, or its delegate, signed
public record Certificate(
    NetworkId network,
    Guid guid,
    int epoch,
    NodeKey key,
    Instant issued,
    Optional<NodeKey> invite,
    Optional<Delegation> delegation,
    Sealed sealed) {}
