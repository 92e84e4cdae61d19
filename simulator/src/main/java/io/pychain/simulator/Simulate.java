package io.pychain.simulator;

import io.pychain.simulator.SimulationReport.Figures;
import io.pychain.simulator.check.Histogram;
import io.pychain.simulator.check.Ledger;
import io.pychain.simulator.check.Measures;
import io.pychain.simulator.check.Violation;
import io.pychain.simulator.scenario.Scenario;
import io.pychain.simulator.scenario.Scenarios;
import io.pychain.simulator.scenario.Settings;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/// Runs simulations.
public final class Simulate {
  private Simulate() {}

  /// Simulates one request, from switching on to the last check or the first broken promise.
  ///
  /// @throws IllegalArgumentException if there is no such scenario or option, or a value is not
  ///   allowed; the text says what is
  /// @throws UnsupportedOperationException if this version cannot play the scenario yet
  public static SimulationReport run(SimulationRequest request) {
    return run(request, UnaryOperator.identity());
  }

  /// The same in a world that is changed before it begins, for tests.
  static SimulationReport run(SimulationRequest request, UnaryOperator<WorldConfig> change) {
    Scenario scenario = find(request.scenario());
    Settings settings = new Settings(scenario.options(), request.options());
    WorldConfig config = change.apply(scenario.world(request.nodes(), settings));
    World world = new World(config, request.seed());
    SimulationRequest replay =
        new SimulationRequest(
            request.scenario(), request.nodes(), request.seed(), settings.changed());
    long start = System.nanoTime();
    List<String> violations = play(scenario, world, settings, replay);
    double wallSeconds = (System.nanoTime() - start) / 1e9;
    return report(replay, settings, world, violations, wallSeconds);
  }

  private static Scenario find(String name) {
    return Scenarios.find(name).orElseThrow(() -> notFound(name));
  }

  private static RuntimeException notFound(String name) {
    List<String> names = Scenarios.playable().stream().map(Scenario::name).toList();
    return Scenarios.planned().contains(name)
        ? new UnsupportedOperationException(
            "scenario %s is not available yet; there are %s"
                .formatted(name, String.join(", ", names)))
        : new IllegalArgumentException(
            "there is no scenario %s; there are %s".formatted(name, String.join(", ", names)));
  }

  private static List<String> play(
      Scenario scenario, World world, Settings settings, SimulationRequest replay) {
    try {
      scenario.play(world, settings, replay.seed());
      return List.of();
    } catch (Violation violation) {
      return List.of(violation.getMessage() + "; replay with: " + replay.command());
    }
  }

  private static SimulationReport report(
      SimulationRequest request,
      Settings settings,
      World world,
      List<String> violations,
      double wallSeconds) {
    Ledger ledger = world.witness().ledger();
    long missing = ledger.missing(node -> world.machine(node).isRunning());
    return new SimulationReport(
        request,
        settings.all(),
        ledger.asked(),
        missing,
        figures(world, missing),
        violations,
        world.timeline().now() / 1e9,
        wallSeconds,
        world.timeline().happened(),
        "%016x".formatted(world.witness().trace().hash()));
  }

  private static Figures figures(World world, long missing) {
    Measures measures = world.witness().measures();
    Histogram delays = measures.delays();
    long nodes = world.machines().stream().filter(machine -> machine.isRunning()).count();
    double asked = world.witness().ledger().asked();
    double batches = measures.batchesOfOthers();
    return new Figures(
        share(asked * nodes - missing, asked * nodes),
        share((double) measures.messagesByPush(), asked * (nodes - 1)),
        share((double) measures.pushes(), batches),
        share((double) measures.dataBytes(), batches),
        share((double) measures.controlBytes(), batches),
        OptionalDouble.empty(),
        OptionalDouble.of(measures.hopsMax()),
        millis(delays, 0.5),
        millis(delays, 0.99),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static OptionalDouble share(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }

  private static OptionalDouble millis(Histogram delays, double share) {
    return delays.total() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(delays.percentile(share) / 1e6);
  }
}
