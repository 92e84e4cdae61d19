package io.pychain.simulator.scenario;

import java.util.List;
import java.util.Optional;

/// Every scenario by name.
public final class Scenarios {
  /// Each is a file beside this class, named so with `.scenario` behind.
  private static final List<String> NAMES =
      List.of(
          "broadcast",
          "lossy",
          "mass-death",
          "one-death",
          "slow-and-liars",
          "split-heal",
          "banned",
          "silent-relays",
          "flood",
          "colluders",
          "churn",
          "idle",
          "join-burst",
          "join-and-drop",
          "power-cuts",
          "chaos");

  private Scenarios() {}

  /// What there is, in the order in which it is shown.
  public static List<String> names() {
    return NAMES;
  }

  /// The scenario of a name, if there is one.
  public static Optional<Scenario> find(String name) {
    return NAMES.contains(name) ? Optional.of(ScenarioFile.read(name)) : Optional.empty();
  }
}
