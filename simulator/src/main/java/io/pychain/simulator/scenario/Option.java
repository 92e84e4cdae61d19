package io.pychain.simulator.scenario;

import java.util.List;
import java.util.Optional;

/// Something about a scenario that whoever runs it may set: `--set KEY=VALUE`.
///
/// @param key its name
/// @param fallback its value if nobody sets it
/// @param kind what values there are
/// @param meaning for people, with the unit
public record Option(String key, String fallback, Kind kind, String meaning) {
  /// What values an option takes.
  public sealed interface Kind {
    /// A whole number.
    ///
    /// @param min smallest allowed
    /// @param max largest allowed
    record Whole(long min, long max) implements Kind {}

    /// A number.
    ///
    /// @param min smallest allowed
    /// @param max largest allowed
    record Decimal(double min, double max) implements Kind {}

    /// One of some words.
    ///
    /// @param words which
    record Choice(List<String> words) implements Kind {}
  }

  /// What is wrong with a value, if anything is.
  Optional<String> complaint(String value) {
    return allows(value)
        ? Optional.empty()
        : Optional.of("option %s is %s, not \"%s\"".formatted(key, allowed(), value));
  }

  private boolean allows(String value) {
    try {
      return switch (kind) {
        case Kind.Whole(long min, long max) -> {
          long number = Long.parseLong(value);
          yield min <= number && number <= max;
        }
        case Kind.Decimal(double min, double max) -> {
          double number = Double.parseDouble(value);
          yield min <= number && number <= max;
        }
        case Kind.Choice(List<String> words) -> words.contains(value);
      };
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  /// What is allowed, in words.
  public String allowed() {
    return switch (kind) {
      case Kind.Whole(long min, long max) -> "a whole number from " + min + " to " + max;
      case Kind.Decimal(double min, double max) -> "a number from " + min + " to " + max;
      case Kind.Choice(List<String> words) -> "one of " + String.join(", ", words);
    };
  }
}
