package io.pychain.core.message;

/// A SHA-256 value.
///
/// @param bytes 32 bytes
public record Digest(Bytes bytes) {
  /// Length in bytes.
  public static final int LENGTH = 32;

  /// What stands before the first batch of a log: all zeros.
  public static final Digest ZERO = new Digest(Bytes.wrap(new byte[LENGTH]));

  /// @throws IllegalArgumentException if there are not exactly 32 bytes
  public Digest {
    if (bytes.length() != LENGTH) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length());
    }
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
