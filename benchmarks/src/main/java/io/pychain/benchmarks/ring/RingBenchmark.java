package io.pychain.benchmarks.ring;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What the ring costs for each base and size: the table that the choice of the base rests on.
///
/// Links are those to primaries in either direction and to the nearest two neighbours on each side.
/// `sends_max` is the most sends of one member for one broadcast, `load` the sends of the busiest
/// member over the average, over all sampled broadcasts; `joins` is how many primary peers of
/// others a newcomer changes. All this is counted, and the same on every machine and in every run.
/// Only the time of a `cover`, of an origin and of the average relay, is measured.
public final class RingBenchmark implements Benchmark {

  private static final int[] BASES = {2, 4, 8, 16};
  private static final int[] SIZES = {10, 100, 1_000, 10_000, 100_000};
  private static final int NEIGHBOURS = 2;
  private static final int NEWCOMERS = 100;
  private static final int COVERS_MAX = 10_000_000;
  private static final int[] RANDOM_BASES = {2, 4, 16};
  private static final int RANDOM_SIZE = 10_000;
  private static final long RANDOM_SEED = 1;
  private static final String NOT_MEASURED = "-";

  @Override
  public String name() {
    return "ring";
  }

  @Override
  public String what() {
    return "links, hops, sends, peers changed by a join, and ns per cover, by size and base";
  }

  @Override
  public void run(Report report) {
    report.columns(
        "positions",
        "members",
        "base",
        "links_mean",
        "links_max",
        "hops_mean",
        "hops_max",
        "sends_max",
        "load",
        "joins_mean",
        "joins_max",
        "origin_ns",
        "relay_ns");
    for (int size : SIZES) {
      for (int parts : BASES) {
        reversed(report, size, parts);
      }
    }
    for (int parts : RANDOM_BASES) {
      List<Object> row = new ArrayList<>(List.of("random", RANDOM_SIZE, parts));
      addCounts(row, RandomPlaces.of(RANDOM_SIZE, parts, RANDOM_SEED));
      row.addAll(Collections.nCopies(4, NOT_MEASURED));
      report.row(row.toArray());
    }
  }

  private static void reversed(Report report, int size, int parts) {
    List<Object> row = new ArrayList<>(List.of("reversed", size, parts));
    addCounts(row, ReversedBits.of(size, parts));
    Joins joins = Joins.of(size, parts, NEWCOMERS);
    CoverCost cost = CoverCost.of(size, parts);
    row.addAll(List.of(joins.mean(), joins.max(), cost.originNs(), cost.relayNs()));
    report.row(row.toArray());
  }

  private static void addCounts(List<Object> row, Overlay overlay) {
    Counts counts = Counts.of(overlay, NEIGHBOURS, Math.max(1, COVERS_MAX / overlay.size()));
    row.addAll(List.of(counts.linksMean(), counts.linksMax()));
    row.addAll(List.of(counts.hopsMean(), counts.hopsMax(), counts.sendsMax(), counts.loadRatio()));
  }
}
