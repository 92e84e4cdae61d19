package io.pychain.simulator.world;

/// What was on a disk at some moment.
///
/// @param platter a copy of its own
public record Backup(Platter platter) {}
