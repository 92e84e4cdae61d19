package io.pychain.node.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/// What a number may be, and how it is written.
///
/// @param min the least, inclusive, in the unit's steps
/// @param max the most, inclusive
/// @param unit what is counted
record Range(long min, long max, Unit unit) {

  private static final Map<String, Long> SUFFIXES =
      Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  /// What is counted.
  enum Unit {
    /// Things.
    COUNT,
    /// Milliseconds, written in seconds with up to three decimals.
    TIME,
    /// Bytes, written plain or with KiB, MiB or GiB.
    BYTES
  }

  static Range count(long min, long max) {
    return new Range(min, max, Unit.COUNT);
  }

  static Range time(Duration min, Duration max) {
    return new Range(min.toMillis(), max.toMillis(), Unit.TIME);
  }

  static Range bytes(long min, long max) {
    return new Range(min, max, Unit.BYTES);
  }

  /// Reads a number in the way of the unit.
  ///
  /// @throws IllegalArgumentException if it is none or out of range, saying what is allowed
  long parse(String text) {
    try {
      return check(parseUnchecked(text));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(allowed(), e);
    }
  }

  private long parseUnchecked(String text) {
    if (!text.matches("[0-9]{1,18}(\\.[0-9]{1,3})?( ?[KMG]iB)?")) {
      throw new IllegalArgumentException(allowed());
    }
    return switch (unit) {
      case COUNT -> Long.parseLong(text);
      case TIME -> new BigDecimal(text).movePointRight(3).longValueExact();
      case BYTES -> parseBytes(text);
    };
  }

  private static long parseBytes(String text) {
    String suffix = text.length() < 3 ? "" : text.substring(text.length() - 3);
    Long factor = SUFFIXES.get(suffix);
    return factor == null
        ? Long.parseLong(text)
        : Math.multiplyExact(Long.parseLong(text.substring(0, text.length() - 3).strip()), factor);
  }

  /// The value itself.
  ///
  /// @throws IllegalArgumentException if it is out of range, saying what is allowed
  long check(long value) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(allowed());
    }
    return value;
  }

  /// What is allowed, as a person would say it.
  String allowed() {
    return switch (unit) {
      case COUNT -> "a whole number from " + min + " to " + max;
      case TIME -> "seconds from " + seconds(min) + " to " + seconds(max);
      case BYTES ->
          "bytes, or a number with KiB, MiB or GiB, from " + size(min) + " to " + size(max);
    };
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }

  private static String size(long bytes) {
    for (String suffix : new String[] {"GiB", "MiB", "KiB"}) {
      long factor = SUFFIXES.getOrDefault(suffix, 1L);
      if (bytes >= factor && bytes % factor == 0) {
        return bytes / factor + " " + suffix;
      }
    }
    return Long.toString(bytes);
  }
}
