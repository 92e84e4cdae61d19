package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Digest;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Signer;
import java.time.Instant;

/// Delegations as the bytes that the authority signs.
public final class DelegationCodec {
  private DelegationCodec() {}

  /// Signs a delegation.
  ///
  /// @param network for which network it holds
  /// @param delegate the key that may sign for the authority
  /// @param until when it ends; kept to the microsecond
  /// @throws IllegalArgumentException if the time is over a limit
  public static Delegation issue(
      NetworkId network, NodeKey delegate, Instant until, Signer authority) {
    Writer out = new Writer(0);
    out.bytes(1, network.digest().bytes());
    out.bytes(2, delegate.bytes());
    out.number(3, Times.micros(until));
    Bytes content = Bytes.wrap(out.toArray());
    byte[] signature = authority.sign(Domain.DELEGATION.statement(network, content));
    return Refusal.own(() -> read(new Sealed(content, Bytes.wrap(signature))));
  }

  /// The delegation as bytes.
  public static byte[] encode(Delegation delegation) {
    Writer out = new Writer(0);
    out.bytes(1, delegation.sealed().content());
    out.bytes(2, delegation.sealed().signature());
    return out.toArray();
  }

  /// Reads a delegation. The signature is not looked at.
  ///
  /// @throws MalformedException if the bytes are none, or one over a limit
  public static Delegation decode(Bytes bytes) throws MalformedException {
    return Refusal.of("delegation", () -> read(new Reader(bytes, "delegation")));
  }

  static Delegation read(Reader in) throws MalformedException {
    return read(SealedReader.read(in, WireLimits.DELEGATION_BYTES_MAX));
  }

  private static Delegation read(Sealed sealed) throws MalformedException {
    Reader in = new Reader(sealed.content(), "delegation");
    Bytes network = null;
    Bytes delegate = null;
    Instant until = Instant.EPOCH;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> network = in.bytes("network", Digest.LENGTH, Digest.LENGTH);
        case 2 -> delegate = in.bytes("delegate", NodeKey.LENGTH, NodeKey.LENGTH);
        case 3 -> until = Times.read(in, "until_micros");
        default -> in.skip();
      }
    }
    return new Delegation(
        new NetworkId(new Digest(in.required(network, "network"))),
        new NodeKey(in.required(delegate, "delegate")),
        until,
        sealed);
  }
}
