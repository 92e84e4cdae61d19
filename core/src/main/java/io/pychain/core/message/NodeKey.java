package io.pychain.core.message;

/// The public half of an Ed25519 key: of a node, or of the authority.
///
/// @param bytes 32 bytes, as RFC 8032 encodes them
public record NodeKey(Bytes bytes) implements Comparable<NodeKey> {
  /// Length in bytes.
  public static final int LENGTH = 32;

  /// @throws IllegalArgumentException if there are not exactly 32 bytes
  public NodeKey {
    if (bytes.length() != LENGTH) {
      throw new IllegalArgumentException("a public key has 32 bytes, not " + bytes.length());
    }
  }

  /// Reads 64 hexadecimal digits.
  ///
  /// @throws IllegalArgumentException if they are not that
  public static NodeKey fromHex(String hex) {
    return new NodeKey(Bytes.fromHex(hex));
  }

  @Override
  public int compareTo(NodeKey other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
