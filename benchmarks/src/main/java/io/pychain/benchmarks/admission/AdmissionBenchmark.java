package io.pychain.benchmarks.admission;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import java.util.List;

/// The puzzle by itself, and a boot node under a flood of bogus joins.
public final class AdmissionBenchmark implements Benchmark {
  private static final String PUZZLE = "puzzle";
  private static final String FLOOD = "flood";
  private static final String JOIN_AND_DROP = "join-and-drop";

  @Override
  public String name() {
    return "admission";
  }

  @Override
  public String what() {
    return "the puzzle: CPU to solve and to check; 1,000 bogus joins/s at a boot node: CPU, memory,"
        + " and how long an honest join takes;"
        + " members that join and vanish: what it costs the others";
  }

  @Override
  public boolean runsOnlyByName() {
    return true;
  }

  @Override
  public List<String> parts() {
    return List.of(PUZZLE, FLOOD, JOIN_AND_DROP);
  }

  @Override
  public void run(Report report) throws Exception {
    run(report, parts());
  }

  @Override
  public void run(Report report, List<String> parts) throws Exception {
    report.columns("what", "value", "unit");
    if (parts.contains(PUZZLE)) {
      PuzzleCost.measure(report);
    }
    if (parts.contains(FLOOD)) {
      BootUnderFlood.measure(report);
    }
    if (parts.contains(JOIN_AND_DROP)) {
      JoinAndDrop.measure(report);
    }
  }
}
