package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;

/// Checks signatures. Used by many threads at once.
///
/// All nodes of a network must come to the same answer for the same bytes, whichever code they run:
/// where one takes a batch that another refuses, the one that passes it on is blamed. For Ed25519
/// the answer is that of the equation without the cofactor (RFC 8032, section 5.1.7, last
/// sentence), with an encoding of R that is compared byte by byte, for keys of prime order. A key
/// with a part of small order has signed nothing.
public interface SignatureScheme {
  /// Whether the signature over the bytes is that of the key. Never throws for what a stranger may
  /// have made up: a key that is no point, or of small order, has signed nothing.
  boolean verify(NodeKey key, byte[] bytes, Bytes signature);
}
