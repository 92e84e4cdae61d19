package io.pychain.core.failure;

import io.pychain.core.message.Address;
import io.pychain.core.ring.Guid;
import java.util.List;
import java.util.Optional;

/// What the [Lookout] has come to, for others to carry out.
///
/// @param ringChanged whether somebody has left the ring or returned to it
/// @param dial whom to dial, whatever pause they are in, since somebody must know whether they live
/// @param seek where to look for anybody at all
/// @param accuse what to publish, in one batch
/// @param turns what has changed, for the log
/// @param renew whether this node has to sign a newer record of itself and to show it to everybody
public record Findings(
    boolean ringChanged,
    List<Guid> dial,
    Optional<Address> seek,
    List<Suspicion> accuse,
    List<Turn> turns,
    boolean renew) {}
