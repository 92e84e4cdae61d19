package io.pychain.core.message;

import io.pychain.core.message.Lineage.Former;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The authority's word that a GUID belongs to a key in this network.
///
/// @param network for which network it holds
/// @param guid the number given
/// @param epoch the highest epoch that the holder may publish in, from 1
/// @param key the holder's key
/// @param issued when, by the boot node's clock
/// @param invite the invitation that the holder was admitted by, which is thereby spent
/// @param delegation of the authority to who signed this, if it did not do so itself
/// @param expires when it ends, if ever. Batches of its holder stay valid
/// @param former keys of the holder before that one, oldest first
/// @param sealed the bytes that the authority, or its delegate, signed
public record Certificate(
    NetworkId network,
    Guid guid,
    int epoch,
    NodeKey key,
    Instant issued,
    Optional<NodeKey> invite,
    Optional<Delegation> delegation,
    Optional<Instant> expires,
    List<Former> former,
    Sealed sealed) {
  /// Copies the list.
  public Certificate {
    former = List.copyOf(former);
  }

  /// All keys of the holder.
  public Lineage keys() {
    return new Lineage(former, key);
  }

  /// Whether this takes the place of another of the same GUID as what is known of its keys: it is
  /// newer, and goes on from that one's keys.
  public boolean succeeds(Certificate other) {
    return replaces(other) && other.keys().leadsTo(keys());
  }

  /// Whether this takes the place of another of the same GUID: a higher epoch, or the same and
  /// issued later.
  public boolean replaces(Certificate other) {
    return epoch > other.epoch || (epoch == other.epoch && issued.isAfter(other.issued));
  }

  /// When half of its time is over, if it ends.
  public Optional<Instant> halfway() {
    return afterShare(2);
  }

  /// When such a share of its time is over, if it ends.
  ///
  /// @param divisor one over the share
  public Optional<Instant> afterShare(int divisor) {
    return expires.map(end -> issued.plus(Duration.between(issued, end).dividedBy(divisor)));
  }
}
