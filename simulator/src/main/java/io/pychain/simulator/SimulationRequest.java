package io.pychain.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// What to simulate.
///
/// @param scenario its name
/// @param nodes how many machines; empty for as many as the scenario has by itself
/// @param seed decides everything that is left to chance
/// @param options values for options of the scenario, by key
public record SimulationRequest(
    String scenario, OptionalInt nodes, long seed, Map<String, String> options) {
  /// Copies the map in its order.
  public SimulationRequest {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /// A request that names the number of machines.
  public static SimulationRequest of(
      String scenario, int nodes, long seed, Map<String, String> options) {
    return new SimulationRequest(scenario, OptionalInt.of(nodes), seed, options);
  }

  /// The same with another seed.
  public SimulationRequest withSeed(long other) {
    return new SimulationRequest(scenario, nodes, other, options);
  }

  /// The command that simulates exactly this.
  public String command() {
    StringBuilder command = new StringBuilder("./pychain simulate --scenario " + scenario);
    nodes.ifPresent(count -> command.append(" --nodes ").append(count));
    command.append(" --seed ").append(seed);
    options.forEach(
        (key, value) -> command.append(" --set ").append(key).append('=').append(value));
    return command.toString();
  }
}
