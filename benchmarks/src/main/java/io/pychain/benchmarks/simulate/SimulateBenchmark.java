package io.pychain.benchmarks.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.simulator.ReportText;
import io.pychain.simulator.Simulate;
import io.pychain.simulator.SimulationReport;
import io.pychain.simulator.SimulationRequest;
import java.io.IOException;
import java.util.List;

/// The scenarios at full size: each goal, and what was seen. Of several seeds the worst counts.
public final class SimulateBenchmark implements Benchmark {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String what() {
    return "scenarios at full size: goals and figures; takes hours, name some of them for less";
  }

  @Override
  public boolean runsOnlyByName() {
    return true;
  }

  @Override
  public List<String> parts() {
    return Trial.ALL.stream().map(Trial::scenario).distinct().toList();
  }

  @Override
  public void run(Report report) throws Exception {
    run(report, parts());
  }

  @Override
  public void run(Report report, List<String> scenarios) throws Exception {
    report.columns(
        "scenario", "nodes", "seeds", "options", "figure", "goal", "seen", "reached", "speed");
    for (Trial trial : Trial.ALL) {
      if (scenarios.contains(trial.scenario())) {
        run(report, trial);
      }
    }
  }

  private static void run(Report report, Trial trial) throws IOException {
    double[] worst = new double[trial.goals().size()];
    double slowest = Double.MAX_VALUE;
    int violations = 0;
    for (int seed = 1; seed <= trial.seeds(); seed++) {
      SimulationReport one =
          Simulate.run(
              SimulationRequest.of(trial.scenario(), trial.nodes(), seed, trial.settings()));
      one.violations().forEach(System.out::println);
      violations += one.violations().size();
      slowest = Math.min(slowest, one.speed());
      note(trial, figures(one), worst, seed == 1);
    }
    row(report, trial, Goal.atMost("violations", 0), violations, slowest);
    for (int i = 0; i < worst.length; i++) {
      row(report, trial, trial.goals().get(i), worst[i], slowest);
    }
  }

  /// A figure that a run does not have is as bad as can be.
  private static void note(Trial trial, JsonNode figures, double[] worst, boolean first) {
    for (int i = 0; i < worst.length; i++) {
      Goal goal = trial.goals().get(i);
      double none = goal.atLeast() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      JsonNode figure = figures.path(goal.figure());
      double seen = figure.isNumber() ? figure.asDouble() : none;
      boolean worse = goal.atLeast() ? seen < worst[i] : seen > worst[i];
      worst[i] = first || worse ? seen : worst[i];
    }
  }

  private static JsonNode figures(SimulationReport report) throws IOException {
    ObjectNode figures = JSON.readValue(ReportText.json(report), ObjectNode.class);
    return figures.put("speed", report.speed());
  }

  private static void row(Report report, Trial trial, Goal goal, double seen, double speed) {
    report.row(
        trial.scenario(),
        trial.nodes(),
        trial.seeds(),
        String.join(" ", trial.options()),
        goal.figure(),
        goal.toString(),
        Double.isFinite(seen) ? seen : "none",
        goal.isReachedBy(seen),
        speed);
  }
}
