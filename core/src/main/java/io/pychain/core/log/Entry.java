package io.pychain.core.log;

import io.pychain.core.message.Batch;

/// A batch and how it came.
///
/// @param batch what
/// @param hops how many links it crossed
/// @param fetched whether it was asked for, rather than handed on by broadcast
public record Entry(Batch batch, int hops, boolean fetched) {}
