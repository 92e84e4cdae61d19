package io.pychain.core.protocol;

import io.pychain.core.ring.Base;
import java.time.Duration;

/// Every bound and delay of the protocol.
///
/// @param base arcs per level of the ring; all nodes of a network use the same. Default: ADR 0003
/// @param neighbours live successors, and as many predecessors, that a node keeps links to, so that
///   the ring stays closed where many die at once. 1 to 8; default 2
/// @param syncInterval time between full comparisons with peers. Default 60 s
/// @param syncJitter at most so much is added to it, drawn anew each time. Default 30 s
/// @param headsInterval how often a node with news tells its sync partners what it holds, which
///   bounds how long a hole left by broadcast lasts. Default 250 ms
/// @param fetchGrace how long a node waits for a batch that it hears of to come by broadcast before
///   it fetches it. Below `headsInterval`; default 100 ms
/// @param fetchTimeout after which a range is asked of another peer. Default 2 s
/// @param pingInterval time without a frame after which a link is tried. Default 5 s
/// @param silence time without a frame after which a link counts as broken; at least two
///   `pingInterval`s. Default 15 s
/// @param maxUnresponsive failed dials in a row after which a member is passed over in favour of
///   the next backup. 1 to 100; default 3
/// @param redialMin first pause after a failed dial; doubles each time, with jitter. Default 250 ms
/// @param redialMax longest pause between dials. Default 30 s
/// @param failure how deaths are found out
/// @param batchBytesMax most payload bytes sealed into one batch of several messages; one message
///   alone may be as large as `messageBytesMax`. Default 256 KiB
/// @param batchMessagesMax most messages in one batch. Default 2,048
/// @param messageBytesMax largest payload. Default 1 MiB
/// @param publishQueueBytesMax bytes that may wait to be sealed before publishing is refused; a
///   request larger than that is taken when nothing else waits. Default 16 MiB
/// @param unpersistedBytesMax bytes handed to the store's writer and not yet durable, beyond which
///   batches of others are passed on but not taken; sync brings them later. Default 64 MiB
/// @param pendingBytesMax bytes of batches that wait for a gap before them to close. Default 16 MiB
public record ProtocolConfig(
    Base base,
    int neighbours,
    Duration syncInterval,
    Duration syncJitter,
    Duration headsInterval,
    Duration fetchGrace,
    Duration fetchTimeout,
    Duration pingInterval,
    Duration silence,
    int maxUnresponsive,
    Duration redialMin,
    Duration redialMax,
    FailureConfig failure,
    int batchBytesMax,
    int batchMessagesMax,
    int messageBytesMax,
    int publishQueueBytesMax,
    int unpersistedBytesMax,
    int pendingBytesMax) {
  /// What suits a network of 2 to 10,000 nodes.
  public static final ProtocolConfig DEFAULT =
      new ProtocolConfig(
          Base.of(4),
          2,
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMillis(250),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          3,
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          FailureConfig.DEFAULT,
          256 << 10,
          2_048,
          1 << 20,
          16 << 20,
          64 << 20,
          16 << 20);

  /// The same with other bounds and delays for finding out who is dead.
  public ProtocolConfig with(FailureConfig changed) {
    return new ProtocolConfig(
        base,
        neighbours,
        syncInterval,
        syncJitter,
        headsInterval,
        fetchGrace,
        fetchTimeout,
        pingInterval,
        silence,
        maxUnresponsive,
        redialMin,
        redialMax,
        changed,
        batchBytesMax,
        batchMessagesMax,
        messageBytesMax,
        publishQueueBytesMax,
        unpersistedBytesMax,
        pendingBytesMax);
  }
}
