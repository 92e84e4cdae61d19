package io.pychain.simulator.world;

import io.pychain.core.admission.PuzzleScheme;
import io.pychain.core.admission.PuzzleScheme.Task;
import io.pychain.core.message.Bytes;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// A stand-in for the puzzle of newcomers: whoever has waited as long as the work would take has
/// solved it.
final class StandInPuzzle {
  /// Takes the seed itself for a solution.
  static final PuzzleScheme SCHEME = (task, solution) -> solution.equals(task.seed().bytes());

  /// Parts of the real puzzle, each of which takes as long as chance will have it.
  private static final int PARTS = 8;

  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private StandInPuzzle() {}

  /// The solution.
  static Bytes solve(Task task) {
    return task.seed().bytes();
  }

  /// How long it takes one core to find it, in nanoseconds.
  static long effort(int price, RandomGenerator random) {
    double seconds = 0;
    for (int part = 0; part < PARTS; part++) {
      seconds += random.nextExponential() * price / PARTS;
    }
    return (long) (seconds * NANOS);
  }
}
