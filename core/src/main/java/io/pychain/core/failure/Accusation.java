package io.pychain.core.failure;

import io.pychain.core.ring.Guid;

/// A suspicion and whose log it is in.
///
/// @param accuser who made it
/// @param suspicion what it says
public record Accusation(Guid accuser, Suspicion suspicion) {}
