package io.pychain.core.protocol;

import io.pychain.core.admission.Pass;
import io.pychain.core.link.Evidence;
import io.pychain.core.link.Fault;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Signer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything that can happen to a node. What comes from a peer has been decoded and its signatures
/// verified before it gets here.
public sealed interface Input {
  /// An application wants messages broadcast, all in one or none.
  ///
  /// @param ticket comes back in the [Answer]; the driver counts them from 1
  /// @param messages at least one
  record Publish(long ticket, List<Message> messages) implements Input {
    /// Copies the list.
    public Publish {
      messages = List.copyOf(messages);
    }
  }

  /// An operator wants a full network sync now.
  ///
  /// @param ticket comes back in the [Answer.Synced]
  record SyncNow(long ticket) implements Input {}

  /// Somebody wants to know who has a message.
  ///
  /// @param ticket comes back in each [Answer.Covered], or in the [Answer.NotHeld]
  /// @param message which
  /// @param patience how long to wait until everybody has it, at most
  record Survey(long ticket, MessageId message, Duration patience) implements Input {}

  /// The node is to leave the network. The driver stops it once it has the [Answer.Left].
  ///
  /// @param ticket comes back in the answer
  record Leave(long ticket) implements Input {}

  /// An operator wants a member banned from the network. Only a boot node can do that.
  ///
  /// @param ticket comes back in the [Answer.Ruled] or [Answer.Overruled]
  /// @param guid whom
  /// @param force even if it is another boot node
  record Ban(long ticket, Guid guid, boolean force) implements Input {}

  /// An operator wants a ban to be lifted.
  ///
  /// @param ticket comes back in the [Answer.Ruled] or [Answer.Overruled]
  /// @param guid whose
  record Unban(long ticket, Guid guid) implements Input {}

  /// An operator wants this node to have another key from its next start on.
  ///
  /// @param ticket comes back in the [Answer.Rotated] or [Answer.NotRotated]
  /// @param next the other key, which is durable
  record Rotate(long ticket, Signer next) implements Input {}

  /// An operator of a boot node lays down how much any one member may publish.
  ///
  /// @param ticket comes back in the answer
  /// @param limits of every origin
  record LayDown(long ticket, OriginLimits limits) implements Input {}

  /// Every write up to this one is durable.
  ///
  /// @param write number of the last durable [Persist]
  record Persisted(long write) implements Input {}

  /// The store took none of the writes after the last durable one, and will fail every further one
  /// until it is given a [Persist.Probe] that succeeds.
  ///
  /// @param reason for the operator: what is wrong with the store
  record PersistFailed(String reason) implements Input {}

  /// A link to a member has come up; both hellos are done and the record is verified.
  ///
  /// @param link its name
  /// @param record of the member
  /// @param storeId of the member
  /// @param host where it is seen
  /// @param version of the protocol that both ends speak on it
  /// @param dialled whether this node dialled
  record LinkUp(
      LinkId link, MemberRecord record, long storeId, String host, int version, boolean dialled)
      implements Input {}

  /// A newcomer with a proven key but without a GUID is connected.
  ///
  /// @param link its name
  /// @param key of the newcomer
  /// @param host where the boot node sees it
  /// @param pass what it has shown at the door
  record GuestUp(LinkId link, NodeKey key, String host, Pass pass) implements Input {}

  /// A link, of a member or a guest, is gone.
  ///
  /// @param link its name
  /// @param reason for the log
  record LinkDown(LinkId link, String reason) implements Input {}

  /// A dial came to nothing.
  ///
  /// @param guid who was dialled
  /// @param reason for the log
  /// @param evidence what it says about the member
  record DialFailed(Guid guid, String reason, Evidence evidence) implements Input {}

  /// A link's outbox had no room for a frame of a broadcast, and it was not sent. Comes for each
  /// such frame, soon after its [Effects.Send] and before the link's [LinkDown]; not for what a
  /// link that is gone has lost.
  ///
  /// @param link that is too slow
  /// @param frame that was not sent
  record Unsent(LinkId link, Frame.Carrier frame) implements Input {}

  /// A verified frame has arrived.
  ///
  /// @param link on which link
  /// @param frame what
  record Received(LinkId link, Frame frame) implements Input {}

  /// Batches have arrived whose origin's key is not known here, and so were not looked at.
  ///
  /// @param link on which link
  /// @param log whose they claim to be
  record UnknownOrigin(LinkId link, LogId log) implements Input {}

  /// A member has done what it can be blamed for, and its link is about to go down for it.
  ///
  /// @param link on which link; of a guest, it means nothing
  /// @param fault what
  record Misdeed(LinkId link, Fault fault) implements Input {}

  /// What an [Effects.Lookup] has found.
  ///
  /// @param log which log
  /// @param batch the batch that was looked for; empty if it is not held any more
  record Found(LogId log, Optional<Batch> batch) implements Input {}

  /// The time of [Protocol#deadline] has come.
  record Wake() implements Input {}
}
