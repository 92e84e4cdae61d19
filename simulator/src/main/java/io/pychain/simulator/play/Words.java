package io.pychain.simulator.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a step is told: a verb, plain words, and `key=value`s. Each is asked for once; at the end
/// nothing may be left over.
final class Words {
  private final String place;
  private final List<String> plain = new ArrayList<>();
  private final Map<String, String> named = new LinkedHashMap<>();

  /// @param place where the step is written, for complaints
  /// @param text the step, with all values filled in
  Words(String place, String text) {
    this.place = place;
    for (String word : text.split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        plain.add(word);
      } else {
        named.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
  }

  /// The next plain word.
  String next() {
    if (plain.isEmpty()) {
      throw wrong("a word is missing");
    }
    return plain.removeFirst();
  }

  /// All plain words that are left.
  List<String> rest() {
    List<String> rest = List.copyOf(plain);
    plain.clear();
    return rest;
  }

  boolean has(String key) {
    return named.containsKey(key);
  }

  String text(String key) {
    String value = named.remove(key);
    if (value == null) {
      throw wrong(key + "= is missing");
    }
    return value;
  }

  Optional<String> maybe(String key) {
    return Optional.ofNullable(named.remove(key));
  }

  double number(String key) {
    String value = text(key);
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException notANumber) {
      throw wrong("%s is a number, not %s".formatted(key, value), notANumber);
    }
  }

  double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  int whole(String key) {
    return (int) Math.round(number(key));
  }

  /// A time: a number and `ms`, `s`, `m` or `h`.
  Duration time(String key) {
    return timeOf(text(key));
  }

  /// A span of time: one time, or two with `..` between them.
  Span span(String key) {
    String value = text(key);
    int dots = value.indexOf("..");
    if (dots < 0) {
      Duration exact = timeOf(value);
      return new Span(exact, exact);
    }
    return new Span(timeOf(value.substring(0, dots)), timeOf(value.substring(dots + 2)));
  }

  private Duration timeOf(String value) {
    int unit = value.length();
    while (unit > 0 && Character.isLetter(value.charAt(unit - 1))) {
      unit--;
    }
    try {
      double count = Double.parseDouble(value.substring(0, unit));
      return Duration.ofNanos(Math.round(count * nanosIn(value.substring(unit))));
    } catch (NumberFormatException notANumber) {
      throw wrong("a time is a number with ms, s, m or h, not " + value, notANumber);
    }
  }

  private double nanosIn(String unit) {
    return switch (unit) {
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      default -> throw wrong("a time is in ms, s, m or h, not in \"" + unit + "\"");
    };
  }

  /// Refuses what nobody has asked for.
  void end() {
    if (!plain.isEmpty() || !named.isEmpty()) {
      throw wrong("this says nothing here: %s %s".formatted(plain, named.keySet()));
    }
  }

  /// A complaint about this step.
  IllegalArgumentException wrong(String complaint) {
    return new IllegalArgumentException(place + ": " + complaint);
  }

  private IllegalArgumentException wrong(String complaint, RuntimeException cause) {
    return new IllegalArgumentException(place + ": " + complaint, cause);
  }
}
