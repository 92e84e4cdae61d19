package io.pychain.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What to simulate.
///
/// @param scenario its name
/// @param nodes how many machines
/// @param seed decides everything that is left to chance
/// @param options values for options of the scenario, by key
public record SimulationRequest(
    String scenario, int nodes, long seed, Map<String, String> options) {
  /// Copies the map in its order.
  public SimulationRequest {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /// The same with another seed.
  public SimulationRequest withSeed(long other) {
    return new SimulationRequest(scenario, nodes, other, options);
  }

  /// The command that simulates exactly this.
  public String command() {
    StringBuilder command =
        new StringBuilder(
            "./pychain simulate --scenario %s --nodes %d --seed %d"
                .formatted(scenario, nodes, seed));
    options.forEach(
        (key, value) -> command.append(" --set ").append(key).append('=').append(value));
    return command.toString();
  }
}
