package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;

/// Checks signatures. Used by many threads at once.
public interface SignatureScheme {
  /// Whether the signature over the bytes is that of the key. Never throws for what a stranger may
  /// have made up: a key that is no point, or of small order, has signed nothing.
  boolean verify(NodeKey key, byte[] bytes, Bytes signature);
}
