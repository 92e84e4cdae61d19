package io.pychain.core.trust;

import io.pychain.core.message.NodeKey;

/// A private key at work: signs what it is given, always alike for the same bytes.
public interface Signer {
  /// The public half.
  NodeKey key();

  /// Signs the bytes.
  ///
  /// @return 64 bytes
  byte[] sign(byte[] bytes);
}
