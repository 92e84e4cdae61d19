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

  /// An option with whole numbers.
  static Option whole(String key, long fallback, long min, long max, String meaning) {
    return new Option(key, Long.toString(fallback), new Kind.Whole(min, max), meaning);
  }

  /// An option with numbers.
  static Option decimal(String key, double fallback, double min, double max, String meaning) {
    return new Option(key, Double.toString(fallback), new Kind.Decimal(min, max), meaning);
  }

  /// An option with words, of which the first is the fallback.
  static Option choice(String key, List<String> words, String meaning) {
    return new Option(key, words.getFirst(), new Kind.Choice(words), meaning);
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
