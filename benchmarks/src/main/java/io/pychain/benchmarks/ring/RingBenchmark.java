package io.pychain.benchmarks.ring;

import java.io.PrintStream;

/// Prints what the ring costs for each base and size, as the tables that the choice of the base
/// rests on.
///
/// All figures but the last are counted and so the same on every machine and in every run.
public final class RingBenchmark {

  private static final int[] BASES = {2, 4, 8, 16};
  private static final int[] SIZES = {10, 100, 1_000, 10_000, 100_000};
  private static final int NEIGHBOURS = 2;
  private static final int NEWCOMERS = 100;
  private static final int COVERS_MAX = 10_000_000;
  private static final int RANDOM_SIZE = 10_000;
  private static final long RANDOM_SEED = 1;

  private static final String HEADINGS =
      "%-12s %7s %3s %6s %5s %6s %5s %6s %5s"
          .formatted("positions", "N", "b", "links", "max", "hops", "max", "sends", "load");

  private final PrintStream out;

  private RingBenchmark(PrintStream out) {
    this.out = out;
  }

  /// Counts, measures and prints everything; takes about a minute.
  public static void run(PrintStream out) {
    RingBenchmark benchmark = new RingBenchmark(out);
    benchmark.printCounts();
    benchmark.printJoins();
    benchmark.printCoverCosts();
  }

  private void printCounts() {
    out.printf(
        """
        Links of a member (to primaries and %d neighbours on each side, each link counted once at
        both ends), hops, most sends of a member for one broadcast, and the sends of the busiest
        member over the average, all sampled origins summed.
        %n%s%n\
        """,
        NEIGHBOURS, HEADINGS);
    for (int size : SIZES) {
      for (int parts : BASES) {
        printCounts("reversed", parts, ReversedBits.of(size, parts));
      }
    }
    for (int parts : new int[] {2, 4, 16}) {
      printCounts("random", parts, RandomPlaces.of(RANDOM_SIZE, parts, RANDOM_SEED));
    }
  }

  private void printCounts(String positions, int parts, Overlay overlay) {
    Counts counts = Counts.of(overlay, NEIGHBOURS, Math.max(1, COVERS_MAX / overlay.size()));
    out.printf(
        "%-12s %7d %3d %6.1f %5d %6.2f %5d %6d %5.2f%n",
        positions,
        overlay.size(),
        parts,
        counts.linksMean(),
        counts.linksMax(),
        counts.hopsMean(),
        counts.hopsMax(),
        counts.sendsMax(),
        counts.loadRatio());
  }

  private void printJoins() {
    out.printf(
        "%nPrimary peers of others that a join changes, over %d joins.%n%n%7s %3s %6s %5s%n",
        NEWCOMERS, "N", "b", "mean", "max");
    for (int size : SIZES) {
      for (int parts : BASES) {
        Joins joins = Joins.of(size, parts, NEWCOMERS);
        out.printf("%7d %3d %6.1f %5d%n", size, parts, joins.mean(), joins.max());
      }
    }
  }

  private void printCoverCosts() {
    out.printf(
        "%nTime of one cover in ns: of the origin, and of the average relay.%n%n%7s %3s %7s %7s%n",
        "N", "b", "origin", "relay");
    for (int size : new int[] {8, 100, 1_000, 10_000, 100_000}) {
      for (int parts : BASES) {
        CoverCost cost = CoverCost.of(size, parts);
        out.printf("%7d %3d %7.0f %7.0f%n", size, parts, cost.originNs(), cost.relayNs());
      }
    }
  }
}
