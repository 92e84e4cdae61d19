package io.pychain.simulator.check;

import io.pychain.core.protocol.Input;
import java.time.Duration;
import java.util.Optional;

/// A promise was broken, or the core failed: when, where and on what occasion. It ends the run; the
/// state of the world is whatever it was then.
public final class Violation extends RuntimeException {
  private static final int EVENT_LENGTH_MAX = 300;

  /// @param time since the beginning of the world
  /// @param node that took the last input; -1 if none has
  /// @param input the last one
  /// @param fault what was thrown
  public Violation(Duration time, int node, Optional<Input> input, RuntimeException fault) {
    super(
        "%s [after %s, node %d, on %s]"
            .formatted(
                fault instanceof RuleBroken ? fault.getMessage() : "the core failed: " + fault,
                time,
                node,
                shortened(input.map(Input::toString).orElse("nothing"))),
        fault);
  }

  private static String shortened(String event) {
    return event.length() <= EVENT_LENGTH_MAX ? event : event.substring(0, EVENT_LENGTH_MAX) + "…";
  }
}
