package io.pychain.simulator.scenario;

import java.util.List;

/// A story that a world goes through, as its file tells it.
///
/// @param name on the command line
/// @param about what it is about, in a line
/// @param nodes how many machines there are unless somebody says otherwise
/// @param rehearsed whether it is first played with network sync silenced, to see how far broadcast
///   alone gets
/// @param options what may be set
/// @param steps what happens, in order
public record Scenario(
    String name,
    String about,
    int nodes,
    boolean rehearsed,
    List<Option> options,
    List<Line> steps) {
  /// Copies the lists.
  public Scenario {
    options = List.copyOf(options);
    steps = List.copyOf(steps);
  }

  /// One step as it is written, with `${key}` where the value of an option goes.
  ///
  /// @param place file and line, for complaints
  /// @param text the rest
  public record Line(String place, String text) {}
}
