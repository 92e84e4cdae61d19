package io.pychain.core.message;

import java.time.Instant;
import java.util.List;

/// What is signed and sent: one or more consecutive messages of one origin.
///
/// ```
///   hash = SHA-256(SHA-256(content) ‖ signature)
///
///   ┌ batch 1..3 ┐      ┌ batch 4 ┐      ┌ batch 5..9 ┐
///   │ previous 0 │ hash │ previous│ hash │ previous   │
///   │ signature  │ ◄────┤ signat. │ ◄────┤ signature  │
///   └────────────┘      └─────────┘      └────────────┘
/// ```
///
/// The hash covers the signature too, so one valid signature at the end of a run proves every batch
/// of the run to the last bit.
///
/// @param log whose log, in which epoch
/// @param firstSeq number of the first message
/// @param previous hash of the batch before, or zero for the first of the log
/// @param timestamp when the origin sealed it, by the origin's clock
/// @param messages at least one, in order
/// @param sealed the signed bytes
/// @param hash of this batch
public record Batch(
    LogId log,
    long firstSeq,
    Digest previous,
    Instant timestamp,
    List<Message> messages,
    Sealed sealed,
    Digest hash) {
  /// @throws IllegalArgumentException if it is empty or numbered below 1
  public Batch {
    messages = List.copyOf(messages);
    if (messages.isEmpty() || firstSeq < 1 || firstSeq > Long.MAX_VALUE - messages.size()) {
      throw new IllegalArgumentException("a batch has messages, numbered from 1");
    }
  }

  /// Number of the last message.
  public long lastSeq() {
    return firstSeq + messages.size() - 1;
  }

  /// Size of the sealed bytes, which is what it costs on disk and in memory.
  public int length() {
    return sealed.length();
  }

  /// Whether it holds events of the system only, and so goes before data.
  public boolean isOfSystemEvents() {
    for (Message message : messages) {
      if (!message.isSystemEvent()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return log + ":" + firstSeq + (messages.size() == 1 ? "" : ".." + lastSeq());
  }
}
