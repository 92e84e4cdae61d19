package io.pychain.simulator.scenario;

import java.util.List;
import java.util.Optional;

/// Every scenario by name.
public final class Scenarios {
  private static final List<Scenario> PLAYABLE = List.of(new Broadcast());

  private static final List<String> PLANNED =
      List.of(
          "lossy",
          "mass-death",
          "one-death",
          "slow-and-liars",
          "split-heal",
          "silent-relays",
          "churn",
          "idle",
          "join-burst",
          "power-cuts");

  private Scenarios() {}

  /// Those that can be played.
  public static List<Scenario> playable() {
    return PLAYABLE;
  }

  /// Names that are taken by scenarios that this version cannot play.
  public static List<String> planned() {
    return PLANNED;
  }

  /// The scenario of a name, if it can be played.
  public static Optional<Scenario> find(String name) {
    return PLAYABLE.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }
}
