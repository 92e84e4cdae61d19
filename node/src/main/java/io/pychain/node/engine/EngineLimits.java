package io.pychain.node.engine;

import java.time.Duration;

/// Every bound of the engine. The defaults suit a node of some 100 MiB.
///
/// @param inboxCountMax inputs that may wait before links and publishers do. Default 4,096
/// @param inboxBytesMax bytes of batches and payloads that may wait likewise. Default 8 MiB
/// @param publishWait after which a publish that finds no room is refused. Default 2 s
/// @param tailCountMax newest batches kept in memory for subscribers that keep up. Default 1,024
/// @param tailBytesMax bytes of them. Default 4 MiB
/// @param subscriptionsMax at a time; each has a thread. Default 256
/// @param pageBytesMax bytes that a subscriber that is behind reads from the store at once. Default
///   256 KiB
/// @param servesPerLink questions of one peer answered at the same time. Default 2
/// @param servesMax questions of all peers answered at the same time. Default 16
/// @param answerBytesMax bytes of batches in answer to one question; the peer asks again. Default 4
///   MiB
/// @param partBytesMax bytes in one frame of it, beyond which the next batch goes into the next
///   frame. Default 256 KiB
/// @param viewAge how old a picture may be that readers are given. Default 20 ms
/// @param stopWait how long closing waits for what was accepted to become durable. Default 5 s
public record EngineLimits(
    int inboxCountMax,
    long inboxBytesMax,
    Duration publishWait,
    int tailCountMax,
    long tailBytesMax,
    int subscriptionsMax,
    int pageBytesMax,
    int servesPerLink,
    int servesMax,
    int answerBytesMax,
    int partBytesMax,
    Duration viewAge,
    Duration stopWait) {
  /// The same with other bounds on what is kept in memory.
  ///
  /// @param inboxBytes see [#inboxBytesMax]
  /// @param tailBytes see [#tailBytesMax]
  /// @param pageBytes see [#pageBytesMax]
  public EngineLimits with(long inboxBytes, long tailBytes, int pageBytes) {
    return new EngineLimits(
        inboxCountMax,
        inboxBytes,
        publishWait,
        tailCountMax,
        tailBytes,
        subscriptionsMax,
        pageBytes,
        servesPerLink,
        servesMax,
        answerBytesMax,
        partBytesMax,
        viewAge,
        stopWait);
  }

  /// As described above.
  public static final EngineLimits DEFAULT =
      new EngineLimits(
          4_096,
          8 << 20,
          Duration.ofSeconds(2),
          1_024,
          4 << 20,
          256,
          256 << 10,
          2,
          16,
          4 << 20,
          256 << 10,
          Duration.ofMillis(20),
          Duration.ofSeconds(5));
}
