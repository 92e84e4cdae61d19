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

  /// The first 63 bits: enough to tell two digests apart that nobody has made alike.
  public long print() {
    long print = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      print = print << Byte.SIZE | (bytes.at(i) & 0xff);
    }
    return print >>> 1;
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
