package io.pychain.core.ring;

/// One share of a broadcast: `to` gets the batch, and sees to it that all in (to, limit) get it.
///
/// @param to who is asked
/// @param limit where its stretch ends, exclusive; its own position would mean the whole circle
public record Handover(Guid to, Position limit) {}
