package io.pychain.cli;

import io.pychain.cli.terminal.CommandFailure;
import io.pychain.simulator.Simulate;
import io.pychain.simulator.SimulationReport;
import io.pychain.simulator.SimulationRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The worlds of many seeds, one after the other or side by side, each in one thread: a world is a
/// thread's own from its beginning to its end, so how many run at a time changes none of them.
final class SeedRuns implements AutoCloseable {
  /// Larger worlds run one at a time, since each takes memory by the square of its nodes: from here
  /// on some hundred megabytes.
  static final int NODES_SIDE_BY_SIDE_MAX = 1_500;

  private final ExecutorService workers;
  private final Deque<Future<SimulationReport>> running = new ArrayDeque<>();
  private final SimulationRequest first;
  private final int count;
  private final int atATime;
  private int begun;

  /// @param first the request with the first of the seeds
  /// @param count how many seeds
  /// @param nodes how many nodes each world has
  SeedRuns(SimulationRequest first, int count, int nodes) {
    int processors = Runtime.getRuntime().availableProcessors();
    this.first = first;
    this.count = count;
    this.atATime = nodes > NODES_SIDE_BY_SIDE_MAX ? 1 : Math.min(count, processors);
    this.workers =
        Executors.newFixedThreadPool(atATime, Thread.ofPlatform().name("world-", 0).factory());
  }

  /// Whether a report is still to come.
  boolean hasNext() {
    return begun < count || !running.isEmpty();
  }

  /// Waits for the next report, in the order of the seeds.
  SimulationReport next() throws CommandFailure {
    while (begun < count && running.size() < 2 * atATime) {
      SimulationRequest request = first.withSeed(first.seed() + begun++);
      running.add(workers.submit(() -> Simulate.run(request)));
    }
    try {
      return running.remove().get();
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("stopped");
    }
  }

  private static CommandFailure failure(ExecutionException e) {
    if (e.getCause() instanceof IllegalArgumentException wrong) {
      return CommandFailure.wrongUsage(String.valueOf(wrong.getMessage()));
    }
    throw new IllegalStateException("a simulation has failed", e);
  }

  /// Lets go of what still runs.
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
