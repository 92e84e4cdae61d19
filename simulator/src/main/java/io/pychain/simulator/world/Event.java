package io.pychain.simulator.world;

/// Something that happens at one moment of virtual time.
@FunctionalInterface
public interface Event {
  /// Lets it happen.
  void happen();
}
