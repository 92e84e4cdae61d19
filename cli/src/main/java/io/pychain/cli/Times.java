package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The API's Unix seconds, for people.
final class Times {
  private Times() {}

  /// UTC to the millisecond; `-` where there is no time.
  static String shown(JsonNode unixSeconds) {
    if (!unixSeconds.isNumber()) {
      return "-";
    }
    long millis = unixSeconds.decimalValue().movePointRight(3).longValue();
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
