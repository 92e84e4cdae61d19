package io.pychain.core.protocol;

import io.pychain.core.coverage.Coverage;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.MessageId;
import io.pychain.core.message.Parameters;
import java.time.Duration;
import java.time.Instant;

/// What a ticket comes to. Each [Input.Publish], [Input.SyncNow], [Input.LayDown], [Input.Leave],
/// [Input.Ban], [Input.Unban] and [Input.Rotate] gets exactly one; an [Input.Survey] gets
/// [NotHeld], or [Covered] again and again, the last of them done.
public sealed interface Answer {
  /// The ticket it answers.
  long ticket();

  /// The only answer to its ticket.
  sealed interface Once extends Answer {}

  /// The messages are durable here and on their way.
  ///
  /// @param ticket of the [Input.Publish]
  /// @param log this node's log
  /// @param firstSeq number of the first message; the others follow
  /// @param timestamp when the batch was sealed
  record Published(long ticket, LogId log, long firstSeq, Instant timestamp) implements Once {
    /// The id of a message of the request.
    ///
    /// @param index its place there, from 0
    public MessageId id(int index) {
      return new MessageId(log, firstSeq + index);
    }
  }

  /// The messages were not published; nothing of them was kept.
  ///
  /// @param ticket of the [Input.Publish]
  /// @param reason what is wrong and what to do
  record Refused(long ticket, String reason) implements Once {}

  /// The messages were not published: this node has published as much as any may. Nothing of them
  /// was kept.
  ///
  /// @param ticket of the [Input.Publish]
  /// @param after how long they may be published
  record Limited(long ticket, Duration after) implements Once {}

  /// The parameters of the network are laid down: durable here, and on their way to all.
  ///
  /// @param ticket of the [Input.LayDown]
  /// @param parameters that hold from now on
  record LaidDown(long ticket, Parameters parameters) implements Once {}

  /// Nothing was laid down: what held before still does.
  ///
  /// @param ticket of the [Input.LayDown]
  /// @param reason what is wrong and what to do
  record NotLaidDown(long ticket, String reason) implements Once {}

  /// A full network sync has ended.
  ///
  /// @param ticket of the [Input.SyncNow]
  /// @param peers that were compared with
  /// @param batches that were fetched
  /// @param records that were new
  record Synced(long ticket, int peers, long batches, long records) implements Once {}

  /// Who has a message, as far as is known by now.
  ///
  /// @param ticket of the [Input.Survey]
  /// @param coverage who has it
  /// @param done whether this is the last answer
  record Covered(long ticket, Coverage coverage, boolean done) implements Answer {}

  /// The message whose coverage is asked for is not held here: never was, or is pruned.
  ///
  /// @param ticket of the [Input.Survey]
  record NotHeld(long ticket) implements Answer {}

  /// A member is banned, or is so no more: durably here, and on its way to all.
  ///
  /// @param ticket of the [Input.Ban] or [Input.Unban]
  /// @param record of the member, which says so
  record Ruled(long ticket, MemberRecord record) implements Once {}

  /// A member was neither banned nor pardoned.
  ///
  /// @param ticket of the [Input.Ban] or [Input.Unban]
  /// @param why for machines
  /// @param detail for people: what to do
  record Overruled(long ticket, Why why, String detail) implements Once {
    /// Why nothing came of it.
    public enum Why {
      /// This node does not have the authority's key.
      NO_BOOT_NODE,
      /// Nobody has that GUID, as far as this node knows.
      UNKNOWN,
      /// The member is a boot node.
      BOOT_NODE,
      /// There is no ban to lift.
      NOT_BANNED,
      /// There is no epoch beyond the ban, so it cannot be lifted.
      FINAL,
      /// The disk takes nothing now.
      CANNOT_WRITE
    }
  }

  /// The next start of this node will be with another key: its certificate for that is durable
  /// here.
  ///
  /// @param ticket of the [Input.Rotate]
  /// @param certificate of the other key
  record Rotated(long ticket, Certificate certificate) implements Once {}

  /// The node keeps its key.
  ///
  /// @param ticket of the [Input.Rotate]
  /// @param reason what is wrong and what to do
  record NotRotated(long ticket, String reason) implements Once {}

  /// The node has left: what it had published is durable, and the others have been told, as far as
  /// they could be.
  ///
  /// @param ticket of the [Input.Leave]
  record Left(long ticket) implements Once {}
}
