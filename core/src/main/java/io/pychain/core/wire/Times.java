package io.pychain.core.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as microseconds since 1970.
final class Times {
  /// The last microsecond of the year 9999: what every notation of time can write.
  private static final long MICROS_MAX = 253_402_300_799_999_999L;

  private static final int MICROS_PER_SECOND = 1_000_000;

  private Times() {}

  /// Microseconds of a time; what is below one is cut off.
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /// A time that is a field of a message.
  static Instant read(Reader in, String name) throws MalformedException {
    long micros = in.number(name, 0, MICROS_MAX);
    return Instant.ofEpochSecond(micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND * 1_000L);
  }
}
