package io.pychain.cli.proof;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waiting for something to become so, with a deadline.
final class Await {
  /// Far above what anything here takes, also on a machine with other things to do.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(25);

  private Await() {}

  /// Until there is a value.
  ///
  /// @param what is waited for, for the failure
  /// @param circumstances what helps to see why it did not come
  static <T> T value(String what, Supplier<Optional<T>> look, Supplier<String> circumstances) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<T> seen = look.get();
      if (seen.isPresent()) {
        return seen.get();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "not within " + PATIENCE.toSeconds() + " s: " + what + "\n" + circumstances.get());
      }
      pause();
    }
  }

  /// Until it is true.
  static void until(String what, BooleanSupplier look, Supplier<String> circumstances) {
    Boolean _ =
        value(
            what, () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty(), circumstances);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }
}
