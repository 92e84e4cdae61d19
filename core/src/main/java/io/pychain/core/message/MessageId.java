package io.pychain.core.message;

import io.pychain.core.ring.Guid;

/// Names one message in the whole network: `GUID:EPOCH:SEQ`.
///
/// @param log whose log
/// @param seq its number there, from 1
public record MessageId(LogId log, long seq) {
  /// @throws IllegalArgumentException if the number is below 1
  public MessageId {
    if (seq < 1) {
      throw new IllegalArgumentException("a sequence number counts from 1, not " + seq);
    }
  }

  /// Reads `GUID:EPOCH:SEQ`.
  ///
  /// @throws IllegalArgumentException if the text is not of that form, saying what is
  public static MessageId parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 3) {
        LogId log = new LogId(Guid.of(Integer.parseInt(parts[0])), Integer.parseInt(parts[1]));
        return new MessageId(log, Long.parseLong(parts[2]));
      }
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(expected(text), malformed);
    }
    throw new IllegalArgumentException(expected(text));
  }

  private static String expected(String text) {
    return "a message id is GUID:EPOCH:SEQ, three numbers such as 3:1:17, not \"" + text + "\"";
  }

  @Override
  public String toString() {
    return log + ":" + seq;
  }
}
