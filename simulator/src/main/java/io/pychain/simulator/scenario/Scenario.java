package io.pychain.simulator.scenario;

import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.util.List;

/// A story that a world goes through.
public interface Scenario {
  /// Its name on the command line.
  String name();

  /// What it is about, in a line.
  String description();

  /// What may be set.
  List<Option> options();

  /// The world that it plays in.
  WorldConfig world(int nodes, Settings settings);

  /// Lets it happen, from switching on to the last check.
  ///
  /// @param seed decides what is left to chance in the story itself
  /// @throws io.pychain.simulator.check.Violation if a promise is broken
  void play(World world, Settings settings, long seed);
}
