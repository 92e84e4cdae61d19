package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Invite;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Signer;
import java.time.Instant;
import java.util.Optional;

/// Invitations as the bytes that the authority signs.
public final class InviteCodec {
  private InviteCodec() {}

  /// Signs an invitation.
  ///
  /// @param network for which network it holds
  /// @param id the key that is invited
  /// @param until when it ends; kept to the microsecond
  /// @throws IllegalArgumentException if the time is over a limit
  public static Invite issue(NetworkId network, NodeKey id, Instant until, Signer authority) {
    return issue(network, id, until, authority, Optional.empty());
  }

  /// Signs an invitation in the authority's name. It ends no later than the right to make it.
  ///
  /// @throws IllegalArgumentException if the time is over a limit
  public static Invite issue(NetworkId network, NodeKey id, Instant until, Mandate mandate) {
    Instant end = mandate.delegation().map(Delegation::until).filter(until::isAfter).orElse(until);
    return issue(network, id, end, mandate.signer(), mandate.delegation());
  }

  private static Invite issue(
      NetworkId network,
      NodeKey id,
      Instant until,
      Signer signer,
      Optional<Delegation> delegation) {
    Writer out = new Writer(0);
    out.bytes(1, network.digest().bytes());
    out.bytes(2, id.bytes());
    out.number(3, Times.micros(until));
    delegation.ifPresent(by -> out.sealed(4, by.sealed()));
    Bytes content = Bytes.wrap(out.toArray());
    byte[] signature = signer.sign(Domain.INVITE.statement(network, content));
    return Refusal.own(() -> read(new Sealed(content, Bytes.wrap(signature))));
  }

  /// The invitation as bytes.
  public static byte[] encode(Invite invite) {
    Writer out = new Writer(0);
    out.bytes(1, invite.sealed().content());
    out.bytes(2, invite.sealed().signature());
    return out.toArray();
  }

  /// Reads an invitation. The signature is not looked at.
  ///
  /// @throws MalformedException if the bytes are none, or one over a limit
  public static Invite decode(Bytes bytes) throws MalformedException {
    return Refusal.of("invite", () -> read(new Reader(bytes, "invite")));
  }

  static Invite read(Reader in) throws MalformedException {
    return read(SealedReader.read(in, WireLimits.INVITE_BYTES_MAX));
  }

  private static Invite read(Sealed sealed) throws MalformedException {
    Reader in = new Reader(sealed.content(), "invite");
    Bytes network = null;
    Bytes id = null;
    Instant until = Instant.EPOCH;
    Optional<Delegation> delegation = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> network = in.bytes("network", Digest.LENGTH, Digest.LENGTH);
        case 2 -> id = in.bytes("id", NodeKey.LENGTH, NodeKey.LENGTH);
        case 3 -> until = Times.read(in, "until_micros");
        case 4 -> delegation = Optional.of(DelegationCodec.read(in.message("delegation")));
        default -> in.skip();
      }
    }
    return new Invite(
        new NetworkId(new Digest(in.required(network, "network"))),
        new NodeKey(in.required(id, "id")),
        until,
        delegation,
        sealed);
  }
}
