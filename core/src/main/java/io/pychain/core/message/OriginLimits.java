package io.pychain.core.message;

import java.time.Duration;
import java.util.List;

/// How much any one member may publish: the same for all, as the authority has set it.
///
/// @param messagesPerSecond in the long run; 0 for any number
/// @param bytesPerSecond in the long run, counted by [#bytes]; 0 for any number
/// @param burst how long nothing may be published for twice as much to follow: so much of the rate
///   may come at once. Whole seconds, 1 to 3,600
public record OriginLimits(long messagesPerSecond, long bytesPerSecond, Duration burst) {
  /// Highest rate, of either kind: beyond what any machine carries.
  public static final long RATE_MAX = 1L << 40;

  /// Longest burst.
  public static final Duration BURST_MAX = Duration.ofHours(1);

  /// Nobody is limited.
  public static final OriginLimits NONE = new OriginLimits(0, 0, Duration.ofSeconds(1));

  /// What a message counts beside its payload and content type, in bytes: so a limit in bytes
  /// limits empty messages too.
  private static final int MESSAGE_BYTES = 64;

  private static final double NANOS_PER_SECOND = 1e9;

  /// @throws IllegalArgumentException if a value is out of its range
  public OriginLimits {
    checkRate(messagesPerSecond);
    checkRate(bytesPerSecond);
    if (burst.isNegative()
        || burst.isZero()
        || burst.compareTo(BURST_MAX) > 0
        || !burst.equals(Duration.ofSeconds(burst.toSeconds()))) {
      throw new IllegalArgumentException("a burst lasts 1 to 3600 whole seconds, not " + burst);
    }
  }

  private static void checkRate(long rate) {
    if (rate < 0 || rate > RATE_MAX) {
      throw new IllegalArgumentException("a rate is 0, for no limit, to 2^40, not " + rate);
    }
  }

  /// Whether anything is limited.
  public boolean isNone() {
    return messagesPerSecond == 0 && bytesPerSecond == 0;
  }

  /// What messages count, in bytes: their payloads and content types, and 64 for each.
  public static long bytes(List<Message> messages) {
    long bytes = 0;
    for (Message message : messages) {
      bytes += MESSAGE_BYTES + message.data().length() + message.contentType().length();
    }
    return bytes;
  }

  /// How long a member that publishes at the limit takes for so many messages, in nanoseconds: as
  /// the stricter of the two rates has it.
  public long nanosFor(List<Message> messages) {
    double count = messagesPerSecond == 0 ? 0 : (double) messages.size() / messagesPerSecond;
    double volume = bytesPerSecond == 0 ? 0 : (double) bytes(messages) / bytesPerSecond;
    return (long) (Math.max(count, volume) * NANOS_PER_SECOND);
  }
}
