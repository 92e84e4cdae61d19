package io.pychain.core.protocol;

import io.pychain.core.failure.Accusation;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Digest;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.ring.Guid;
import java.util.List;
import java.util.Optional;

/// What the store held when the node started.
///
/// @param storeId random identity of the store, never 0
/// @param lastWrite number of the last durable [Persist], 0 if none
/// @param lastOffset offset of the last message, 0 if none
/// @param records newest record of each known member; the own one as of the last start, if any
/// @param logs end of each log
/// @param accusations every suspicion in the batches held, in any order; at least the newest of
///   each accuser about each member
/// @param allocations every GUID given, in a boot node
/// @param forks logs of which there is a proof that they are forked
/// @param parameters of the network, if any were ever laid down
/// @param anchors members whose links had lasted longest, best first
public record Stored(
    long storeId,
    long lastWrite,
    long lastOffset,
    List<MemberRecord> records,
    List<LogEnd> logs,
    List<Accusation> accusations,
    List<Certificate> allocations,
    List<LogId> forks,
    Optional<Parameters> parameters,
    List<Guid> anchors) {
  /// Copies the lists.
  public Stored {
    records = List.copyOf(records);
    logs = List.copyOf(logs);
    accusations = List.copyOf(accusations);
    allocations = List.copyOf(allocations);
    forks = List.copyOf(forks);
    anchors = List.copyOf(anchors);
  }

  /// A store that holds nothing yet.
  public static Stored empty(long storeId) {
    return new Stored(
        storeId,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  /// The end of a log.
  ///
  /// @param log which
  /// @param first number of the first message from which on it was taken without a gap: above 1
  ///   where the others had pruned what came before
  /// @param seq number of the last message held
  /// @param hash of the last batch held
  public record LogEnd(LogId log, long first, long seq, Digest hash) {}
}
