package io.pychain.core.protocol;

import io.pychain.core.message.Address;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame.Hello;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Verifier;
import java.util.Optional;
import java.util.function.Predicate;

/// What two hellos come to. Both sides judge for themselves, by the same rules:
///
/// ```
///   versions ── none in common ─────────────────────► Refused VERSION
///   networks ── differ ─────────────────────────────► Refused NETWORK
///   record   ── none, and I admit nobody ───────────► Refused NOT_A_BOOT_NODE
///               (unless I know the key: ────────────► Guest)
///               none ───────────────────────────────► Guest
///               not of the link's key, forged, mine ► Refused IDENTITY
///               else ───────────────────────────────► Member
/// ```
///
/// TLS has proven that the peer holds the private half of the key; the record says which member
/// that key is.
///
/// @param own this side's hello; without a network and record if it is about to join
/// @param verifier believes the authority of this side's network
/// @param bootNode where a member that admits newcomers can be found, to tell those who ask here
/// @param isMember whether a key is that of a known member, which any member may tell who it is
public record Handshake(
    Hello own, Verifier verifier, Optional<Address> bootNode, Predicate<NodeKey> isMember) {

  /// What the peer is to this node.
  public sealed interface Outcome {}

  /// Somebody to keep a link to.
  public sealed interface Accepted extends Outcome {}

  /// A member of this network, proven.
  ///
  /// @param record of the member, verified
  /// @param storeId of its store
  /// @param version of the protocol that both speak from now on
  public record Member(MemberRecord record, long storeId, int version) implements Accepted {}

  /// A newcomer that may ask for a GUID.
  ///
  /// @param key of the newcomer, proven
  public record Guest(NodeKey key) implements Accepted {}

  /// Nobody to keep a link to.
  ///
  /// @param reason for machines
  /// @param detail for people: what is wrong and what to do
  public record Refused(Reason reason, String detail) implements Outcome {}

  /// Judges the peer.
  ///
  /// @param peer its hello
  /// @param key that it has proven to hold
  public Outcome judge(Hello peer, NodeKey key) {
    if (!own.protocol().overlaps(peer.protocol())) {
      return new Refused(Reason.VERSION, versions(peer));
    }
    Optional<Refused> stranger = otherNetwork(peer);
    if (stranger.isPresent()) {
      return stranger.get();
    }
    return peer.record().isPresent() ? member(peer, peer.record().get(), key) : guest(key);
  }

  private String versions(Hello peer) {
    return "this node speaks protocol version "
        + own.protocol()
        + " and the other "
        + peer.protocol()
        + "; update the older one";
  }

  /// Whoever has yet to join has no network, and so no other one.
  private Optional<Refused> otherNetwork(Hello peer) {
    return own.network()
        .map(Networks::idOf)
        .flatMap(mine -> peer.network().flatMap(theirs -> otherNetwork(mine, theirs)));
  }

  private Optional<Refused> otherNetwork(NetworkId mine, NetworkInfo theirs) {
    NetworkId other = Networks.idOf(theirs);
    return other.equals(mine)
        ? Optional.empty()
        : Optional.of(
            new Refused(
                Reason.NETWORK,
                "this node is in network " + mine + " and the other in network " + other));
  }

  private Outcome guest(NodeKey key) {
    boolean admits =
        own.record().stream()
            .anyMatch(record -> record.contact().capabilities().contains(Contact.BOOT));
    return admits || isMember.test(key)
        ? new Guest(key)
        : new Refused(Reason.NOT_A_BOOT_NODE, elsewhere(bootNode));
  }

  /// What newcomers are told by those who admit nobody.
  ///
  /// @param bootNode where one that does can be found
  public static String elsewhere(Optional<Address> bootNode) {
    return "this node admits nobody; "
        + bootNode
            .map(address -> "join by " + address)
            .orElse("join by a boot node of the network, which this node knows none of");
  }

  private Outcome member(Hello peer, MemberRecord record, NodeKey key) {
    if (!record.key().equals(key)) {
      return new Refused(
          Reason.IDENTITY, "the link has key " + key + " and the record key " + record.key());
    }
    if (own.record().stream().anyMatch(mine -> mine.guid().equals(record.guid()))) {
      return new Refused(Reason.IDENTITY, "both ends of the link are GUID " + record.guid());
    }
    if (!verifier.verify(record)) {
      return new Refused(
          Reason.IDENTITY,
          "the record of GUID " + record.guid() + " is not certified by this network's authority");
    }
    return new Member(record, peer.storeId(), own.protocol().common(peer.protocol()));
  }
}
