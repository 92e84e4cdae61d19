package io.pychain.node.keys;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.PublicKeys;
import io.pychain.core.trust.SignatureScheme;

/// Ed25519 (RFC 8032), checked by the fastest code that runs on this machine: AWS-LC through ACCP,
/// or Bouncy Castle where ACCP has no build. Safe for many threads.
public final class Ed25519Scheme implements SignatureScheme {
  private final Ed25519Engine engine;
  private final PrimeOrder primeOrder = new PrimeOrder();

  /// Takes the fastest code that works here. The first use in a process costs about 0.1 s.
  public Ed25519Scheme() {
    this(Ed25519Engine.fastest());
  }

  Ed25519Scheme(Ed25519Engine engine) {
    this.engine = engine;
  }

  /// The same by Bouncy Castle, which runs everywhere: to compare with.
  public static Ed25519Scheme portable() {
    return new Ed25519Scheme(new Ed25519Engine.BouncyCastle());
  }

  @Override
  public boolean verify(NodeKey key, byte[] bytes, Bytes signature) {
    return signature.length() == Ed25519Engine.SIGNATURE_LENGTH
        && PublicKeys.acceptable(key)
        && primeOrder.contains(key)
        && engine.verify(key.bytes().toArray(), bytes, signature.toArray());
  }
}
