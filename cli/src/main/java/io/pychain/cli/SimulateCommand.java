package io.pychain.cli;

import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.simulator.ReportText;
import io.pychain.simulator.SimulationReport;
import io.pychain.simulator.SimulationRequest;
import io.pychain.simulator.scenario.Scenario;
import io.pychain.simulator.scenario.Scenarios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pychain simulate`: a whole network in this process, in virtual time.
@Command(
    name = "simulate",
    description = {
      "Simulate a whole network in virtual time and check that it keeps its promises.",
      "The same scenario, size, seed and options always give the same run."
    })
final class SimulateCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();

  @Option(names = "--list", description = "Show the scenarios and their options.")
  private boolean list;

  @Option(names = "--scenario", paramLabel = "NAME", description = "What to play.")
  private Optional<String> scenario = Optional.empty();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes; by default as many as the scenario has.")
  private Optional<Integer> nodes = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides all that is left to chance; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "Run so many seeds, from S on, and sum up.")
  private int seeds;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "An option of the scenario.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Override
  public Integer call() throws CommandFailure {
    if (list) {
      list();
      return CommandFailure.DONE;
    }
    if (seeds < 1) {
      throw CommandFailure.wrongUsage("--seeds takes a number from 1, not " + seeds);
    }
    String name =
        scenario.orElseThrow(
            () -> CommandFailure.wrongUsage("name a --scenario; --list shows which there are"));
    OptionalInt count = nodes.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    int size = nodes.or(() -> Scenarios.find(name).map(Scenario::nodes)).orElse(0);
    try (SeedRuns runs =
        new SeedRuns(new SimulationRequest(name, count, seed, options), seeds, size)) {
      return report(runs);
    }
  }

  private int report(SeedRuns runs) throws CommandFailure {
    List<String> violations = new ArrayList<>();
    List<Long> failed = new ArrayList<>();
    while (runs.hasNext()) {
      SimulationReport report = runs.next();
      print(report);
      if (!report.passed()) {
        failed.add(report.request().seed());
        violations.addAll(report.violations());
      }
    }
    if (seeds > 1) {
      sumUp(failed);
    }
    if (!violations.isEmpty()) {
      throw CommandFailure.failed(violations.getFirst());
    }
    return CommandFailure.DONE;
  }

  private void print(SimulationReport report) {
    if (output.isJson()) {
      output.out().println(ReportText.json(report));
    } else if (seeds == 1) {
      output.out().print(ReportText.lines(report));
    } else {
      output.out().println(ReportText.line(report));
    }
    output.out().flush();
  }

  private void sumUp(List<Long> failed) {
    if (output.isJson()) {
      output.out().printf("{\"seeds\":%d,\"failed\":%s}%n", seeds, failed);
    } else {
      output.out().printf("%d of %d seeds kept every promise%n", seeds - failed.size(), seeds);
    }
    output.out().flush();
  }

  private void list() {
    for (String each : Scenarios.names()) {
      list(Scenarios.find(each).orElseThrow());
    }
    output.out().flush();
  }

  private void list(Scenario scenario) {
    output
        .out()
        .printf("%-16s %s (%d nodes)%n", scenario.name(), scenario.about(), scenario.nodes());
    for (var option : scenario.options()) {
      output
          .out()
          .printf(
              "  --set %-20s %s (%s)%n",
              option.key() + "=" + option.fallback(), option.meaning(), option.allowed());
    }
  }
}
