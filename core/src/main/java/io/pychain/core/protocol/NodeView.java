package io.pychain.core.protocol;

import io.pychain.core.failure.State;
import io.pychain.core.link.Fault;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What anybody may know of the node at one moment: an immutable picture, which HTTP, metrics and
/// tests read while the protocol goes on.
///
/// @param self the node's own record
/// @param members every known member, the node itself among them, by GUID
/// @param links every link that is up, by GUID
/// @param logs how far each log is held and durable
/// @param lastOffset offset of the last durable message
/// @param behind messages known to exist and not yet held
/// @param lastSync when the last full comparison ended, if one has
/// @param storeFault why the store takes no writes now, if it does not
/// @param publishingHeld why what is published waits, if it does
/// @param parameters of the network, if any were ever laid down
/// @param queues what waits inside the protocol
/// @param counts running totals since the start
/// @param faults how often members have provably misbehaved over a link of this node, since the
///   start
public record NodeView(
    MemberRecord self,
    List<MemberView> members,
    List<LinkView> links,
    List<LogView> logs,
    long lastOffset,
    long behind,
    Optional<Instant> lastSync,
    Optional<String> storeFault,
    Optional<String> publishingHeld,
    Optional<Parameters> parameters,
    Queues queues,
    Counts counts,
    Map<Fault, Long> faults) {
  /// What waits inside the protocol, in bytes; each is bounded, see [ProtocolConfig].
  ///
  /// @param publishing messages to be sealed
  /// @param unpersisted writes that the disk has yet to take
  /// @param gaps batches that wait for one before them
  public record Queues(long publishing, long unpersisted, long gaps) {}

  /// A member.
  ///
  /// @param record newest known
  /// @param state as seen here
  /// @param lastHeard when a frame of it last came over a link of this node
  /// @param unresponsiveCount failed dials in a row
  /// @param linked whether a link to it is up
  /// @param forked whether it is proven to have told two stories, in any of its epochs
  /// @param awayUntil until when this node keeps away from it, because it has misbehaved
  public record MemberView(
      MemberRecord record,
      State state,
      Optional<Instant> lastHeard,
      int unresponsiveCount,
      boolean linked,
      boolean forked,
      Optional<Instant> awayUntil) {}

  /// A link.
  ///
  /// @param link its name in this process
  /// @param guid to whom
  /// @param kinds what it is for, in order of [Kind]
  /// @param version of the protocol that both ends speak on it
  /// @param roundTrip last measured; empty before the first answer
  /// @param since when it came up
  public record LinkView(
      LinkId link,
      Guid guid,
      List<Kind> kinds,
      int version,
      Optional<Duration> roundTrip,
      Instant since) {}

  /// What a link is for.
  public enum Kind {
    /// The first live member of one of this node's arcs.
    PRIMARY,
    /// Stands in for a primary that cannot be reached.
    BACKUP,
    /// One of the nearest on the ring.
    NEIGHBOUR,
    /// Drawn by lot for a while, by either side.
    ACQUAINTANCE,
    /// Wanted by the other side only.
    INCOMING
  }

  /// A log.
  ///
  /// @param log which
  /// @param seq last message held and durable
  public record LogView(LogId log, long seq) {}

  /// Running totals since the start.
  ///
  /// @param batchesNew batches of others taken
  /// @param batchesDuplicate batches that came again
  /// @param batchesInvalid batches that did not fit their log
  /// @param pushesSent [io.pychain.core.message.Frame.Push] frames sent
  /// @param published own messages
  /// @param deliveredPush messages delivered that came by broadcast
  /// @param deliveredSync messages delivered that came by network sync
  /// @param deliveredLocal own messages delivered
  /// @param syncsCompleted full comparisons with a peer that ended
  /// @param syncsFailed full comparisons with a peer that broke off
  /// @param handedOver stretches given to another member because a link broke
  /// @param surveysTaken questions about coverage taken up, own and those of others
  /// @param surveysRefused those that were beyond a bound
  /// @param limited messages that were pushed here and not taken, since their origin was over its
  ///   limit; a message may be counted more than once
  public record Counts(
      long batchesNew,
      long batchesDuplicate,
      long batchesInvalid,
      long pushesSent,
      long published,
      long deliveredPush,
      long deliveredSync,
      long deliveredLocal,
      long syncsCompleted,
      long syncsFailed,
      long handedOver,
      long surveysTaken,
      long surveysRefused,
      long limited) {}
}
