package io.pychain.core.wire;

/// Turns what values refuse into what decoding throws.
final class Refusal {
  private Refusal() {}

  /// Something that is read.
  interface Reading<T> {
    T read() throws MalformedException;
  }

  /// Reads, where a value of `message` may find itself impossible.
  static <T> T of(String what, Reading<T> reading) throws MalformedException {
    try {
      return reading.read();
    } catch (IllegalArgumentException refused) {
      throw new MalformedException(what, String.valueOf(refused.getMessage()));
    }
  }

  /// Reads what this node has written itself, which can be read or is the caller's fault.
  static <T> T own(Reading<T> reading) {
    try {
      return reading.read();
    } catch (MalformedException overLimit) {
      throw new IllegalArgumentException(overLimit.getMessage(), overLimit);
    }
  }
}
