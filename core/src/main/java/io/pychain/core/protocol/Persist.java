package io.pychain.core.protocol;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.List;

/// A write to the store. Writes are numbered from 1 upwards in the order in which they must reach
/// the store; a later one is durable only if all before it are. The numbers of writes that failed
/// are not used again, so there may be gaps.
public sealed interface Persist {
  /// The number of this write.
  long write();

  /// A batch, in this node's own delivery order.
  ///
  /// @param write number of the write
  /// @param delivery the batch and how it came
  record StoreBatch(long write, Delivery delivery) implements Persist {}

  /// A member record, replacing the one before of the same GUID.
  ///
  /// @param write number of the write
  /// @param record newest known
  record StoreRecord(long write, MemberRecord record) implements Persist {}

  /// A GUID given to a newcomer's key, for ever.
  ///
  /// @param write number of the write
  /// @param certificate that binds them
  record StoreAllocation(long write, Certificate certificate) implements Persist {}

  /// This node's own certificate, in place of the one before.
  ///
  /// @param write number of the write
  /// @param certificate of a higher epoch
  record StoreCertificate(long write, Certificate certificate) implements Persist {}

  /// The proof that a log is forked.
  ///
  /// @param write number of the write
  /// @param proof the first that was found or came
  record StoreFork(long write, ForkProof proof) implements Persist {}

  /// The parameters of the network, in place of those before.
  ///
  /// @param write number of the write
  /// @param parameters with a higher number
  record StoreParameters(long write, Parameters parameters) implements Persist {}

  /// Whom to turn to first at the next start, in place of those before.
  ///
  /// @param write number of the write
  /// @param members best first
  record StoreAnchors(long write, List<Guid> members) implements Persist {
    /// Copies the list.
    public StoreAnchors {
      members = List.copyOf(members);
    }
  }

  /// Tries whether the store works again after a failure: writes something small and durable.
  ///
  /// @param write number of the write
  record Probe(long write) implements Persist {}

  /// A batch at its place in this node's delivery order.
  ///
  /// @param batch what
  /// @param firstOffset offset of its first message; the others follow
  /// @param received when this node took it
  /// @param hops how many links it crossed; 0 for an own one
  /// @param via how it came
  record Delivery(Batch batch, long firstOffset, Instant received, int hops, Via via) {}

  /// How a batch came to this node.
  enum Via {
    /// Handed on by broadcast.
    PUSH,
    /// Fetched by network sync.
    SYNC,
    /// Published here.
    LOCAL
  }
}
