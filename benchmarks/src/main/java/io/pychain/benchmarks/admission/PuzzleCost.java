package io.pychain.benchmarks.admission;

import io.pychain.benchmarks.Report;
import io.pychain.core.admission.BirthdayPuzzle;
import io.pychain.core.admission.BirthdaySearch;
import io.pychain.core.admission.PuzzleScheme.Task;
import io.pychain.core.message.Bytes;
import io.pychain.core.trust.Sha256;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the puzzle costs, in CPU time of this thread, so that what else runs does not count.
final class PuzzleCost {
  private static final int SOLVED = 20;
  private static final int CHECKS = 20_000;

  private PuzzleCost() {}

  static void measure(Report report) {
    List<Double> seconds = new ArrayList<>();
    Task task = task(0);
    Bytes solution = Bytes.EMPTY;
    for (int i = 0; i < SOLVED; i++) {
      task = task(i);
      long start = cpuNanos();
      solution = solve(task);
      seconds.add((cpuNanos() - start) / 1e9);
    }
    List<Double> sorted = seconds.stream().sorted().toList();
    report.row("solve at price 1, least", sorted.getFirst(), "s of one core");
    report.row("solve at price 1, mean", mean(sorted), "s of one core");
    report.row("solve at price 1, most", sorted.getLast(), "s of one core");
    report.row("memory of a search", allocatedBySearch() / 1048576.0, "MiB");
    report.row("check a solution", check(task, solution), "µs of one core");
    Bytes bogus = Bytes.wrap(new byte[BirthdayPuzzle.LENGTH]);
    report.row("check a bogus one", check(task, bogus), "µs of one core");
  }

  private static Task task(int seed) {
    return new Task(Sha256.of(Bytes.utf8("seed " + seed)), 1);
  }

  private static Bytes solve(Task task) {
    BirthdaySearch search = new BirthdaySearch(task);
    Optional<Bytes> solution = search.tryNext();
    while (solution.isEmpty()) {
      solution = search.tryNext();
    }
    return solution.get();
  }

  private static double check(Task task, Bytes solution) {
    BirthdayPuzzle puzzle = new BirthdayPuzzle();
    long start = 0;
    int held = 0;
    for (int i = -CHECKS; i < CHECKS; i++) {
      start = i == 0 ? cpuNanos() : start;
      held += puzzle.verify(task, solution) ? 1 : 0;
    }
    long nanos = cpuNanos() - start;
    if (held != 0 && held != 2 * CHECKS) {
      throw new IllegalStateException("a solution holds or does not");
    }
    return nanos / 1e3 / CHECKS;
  }

  private static long allocatedBySearch() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    new BirthdaySearch(task(0));
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
