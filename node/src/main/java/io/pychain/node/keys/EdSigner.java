package io.pychain.node.keys;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.Signer;

/// Signs with an Ed25519 key. Safe for many threads. Never shows the private half.
public final class EdSigner implements Signer {
  private final Ed25519Engine engine;
  private final KeyPairBytes pair;
  private final NodeKey key;

  EdSigner(Ed25519Engine engine, KeyPairBytes pair) {
    this.engine = engine;
    this.pair = pair;
    this.key = new NodeKey(Bytes.copyOf(pair.publicKey()));
  }

  @Override
  public NodeKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] bytes) {
    return engine.sign(pair, bytes);
  }

  @Override
  public String toString() {
    return "EdSigner(" + key + ")";
  }
}
