package io.pychain.node.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.pychain.node.fuzz.Target.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// What Jazzer calls, by these names: begins, gives one input after the other, and ends. Which
/// target it is stands in the system property `fuzz.target`.
public final class Fuzz {
  /// System property: which target.
  static final String TARGET = "fuzz.target";

  /// System property: the file for [#fuzzerTearDown] to write its figures to.
  static final String FIGURES = "fuzz.figures";

  private static final Map<Outcome, Long> COUNTS = new EnumMap<>(Outcome.class);
  private static @Nullable Target target;

  private Fuzz() {}

  /// Called once, before all.
  public static void fuzzerInitialize() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    String name = System.getProperty(TARGET, Targets.ALL);
    target =
        Targets.find(name)
            .orElseThrow(() -> new IllegalArgumentException("there is no target " + name));
  }

  /// Called for each input; what it throws is a finding.
  public static void fuzzerTestOneInput(byte[] input) {
    if (target != null) {
      COUNTS.merge(target.run(input), 1L, Long::sum);
    }
  }

  /// Called after the last one.
  public static void fuzzerTearDown() {
    String file = System.getProperty(FIGURES, "");
    if (!file.isEmpty()) {
      List<String> lines =
          COUNTS.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
      try {
        Files.write(Path.of(file), lines);
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }
}
