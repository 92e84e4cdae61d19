package io.pychain.node.keys;

/// Both halves of a key as RFC 8032 has them. Not a record: it must not show itself, nor be
/// compared in a time that tells something.
final class KeyPairBytes {
  /// Length of each half in bytes.
  static final int LENGTH = 32;

  private final byte[] seed;
  private final byte[] publicKey;

  /// Takes the arrays over.
  KeyPairBytes(byte[] seed, byte[] publicKey) {
    if (seed.length != LENGTH || publicKey.length != LENGTH) {
      throw new IllegalArgumentException("both halves of an Ed25519 key have 32 bytes");
    }
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /// The secret half; the caller does not write to it.
  byte[] seed() {
    return seed;
  }

  /// The public half; the caller does not write to it.
  byte[] publicKey() {
    return publicKey;
  }

  @Override
  public String toString() {
    return "KeyPairBytes(…)";
  }
}
