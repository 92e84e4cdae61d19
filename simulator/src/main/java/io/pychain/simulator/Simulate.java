package io.pychain.simulator;

import io.pychain.simulator.SimulationReport.Figures;
import io.pychain.simulator.check.Histogram;
import io.pychain.simulator.check.Ledger;
import io.pychain.simulator.check.Measures;
import io.pychain.simulator.check.Violation;
import io.pychain.simulator.liar.Mute;
import io.pychain.simulator.play.Play;
import io.pychain.simulator.play.Surroundings;
import io.pychain.simulator.scenario.Scenario;
import io.pychain.simulator.scenario.Scenarios;
import io.pychain.simulator.scenario.Settings;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/// Runs simulations.
public final class Simulate {
  private Simulate() {}

  /// Simulates one request, from switching on to the last check or the first broken promise.
  ///
  /// @throws IllegalArgumentException if there is no such scenario or option, or a value is not
  ///   allowed; the text says what is
  public static SimulationReport run(SimulationRequest request) {
    return run(request, UnaryOperator.identity());
  }

  /// The same in a world that is changed before it begins, for tests.
  static SimulationReport run(SimulationRequest request, UnaryOperator<WorldConfig> change) {
    Scenario scenario = find(request.scenario());
    Settings settings = new Settings(scenario.options(), request.options());
    int nodes = request.nodes().orElse(scenario.nodes());
    WorldConfig config = change.apply(Surroundings.of(nodes, settings));
    var replay = SimulationRequest.of(scenario.name(), nodes, request.seed(), settings.changed());
    long start = System.nanoTime();
    OptionalDouble rehearsed =
        scenario.rehearsed()
            ? rehearse(scenario, settings, config, replay)
            : OptionalDouble.empty();
    World world = new World(config, request.seed());
    Play play = new Play(world, request.seed(), Optional.empty());
    List<String> violations = perform(play, scenario, settings, replay);
    double wallSeconds = (System.nanoTime() - start) / 1e9;
    Figures figures = figures(world, play, rehearsed);
    return report(replay, settings, world, figures, violations, wallSeconds);
  }

  private static Scenario find(String name) {
    return Scenarios.find(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no scenario %s; there are %s"
                    .formatted(name, String.join(", ", Scenarios.names()))));
  }

  /// Plays the story with network sync silenced.
  ///
  /// @return the share of messages that broadcast alone brings to who lives
  private static OptionalDouble rehearse(
      Scenario scenario, Settings settings, WorldConfig config, SimulationRequest request) {
    Mute mute = new Mute();
    World world = new World(config.with(mute.over(config.maker())), request.seed());
    new Play(world, request.seed(), Optional.of(mute)).perform(scenario, settings);
    return coverage(world);
  }

  private static List<String> perform(
      Play play, Scenario scenario, Settings settings, SimulationRequest replay) {
    try {
      play.perform(scenario, settings);
      return List.of();
    } catch (Violation violation) {
      return List.of(violation.getMessage() + "; replay with: " + replay.command());
    }
  }

  private static SimulationReport report(
      SimulationRequest request,
      Settings settings,
      World world,
      Figures figures,
      List<String> violations,
      double wallSeconds) {
    Ledger ledger = world.witness().ledger();
    return new SimulationReport(
        request,
        settings.all(),
        ledger.asked(),
        world.missing(Machine::isLive),
        figures,
        violations,
        world.timeline().now() / 1e9,
        wallSeconds,
        world.timeline().happened(),
        "%016x".formatted(world.witness().trace().hash()));
  }

  private static OptionalDouble coverage(World world) {
    double pairs = (double) world.witness().ledger().asked() * running(world);
    return share(pairs - world.missing(Machine::isLive), pairs);
  }

  private static long running(World world) {
    return world.machines().stream().filter(Machine::isLive).count();
  }

  private static Figures figures(World world, Play play, OptionalDouble rehearsed) {
    Measures measures = world.witness().measures();
    Histogram delays = measures.delays();
    double batches = measures.batchesOfOthers();
    double messages = measures.messagesOfOthers();
    return new Figures(
        coverage(world),
        rehearsed.isPresent() ? rehearsed : share((double) measures.messagesByPush(), messages),
        share((double) measures.pushes(), batches),
        share((double) measures.dataBytes(), messages),
        share((double) measures.controlBytes(), messages),
        play.figures().idleBytesPerLinkSecond(),
        OptionalDouble.of(measures.hopsMax()),
        millis(delays, 0.5),
        millis(delays, 0.99),
        play.figures().healedSeconds(),
        play.figures().falseDeaths(),
        OptionalDouble.of((double) measures.suspicions()),
        OptionalDouble.of((double) measures.batchesOfSuspicions()),
        untruePerNodeSecond(world),
        play.figures().detectP50Seconds(),
        play.figures().detectP99Seconds());
  }

  private static OptionalDouble untruePerNodeSecond(World world) {
    Measures measures = world.witness().measures();
    double seconds = measures.time(world.timeline().now()) / 1e9;
    return share((double) measures.untrueMessages(), seconds * running(world));
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
