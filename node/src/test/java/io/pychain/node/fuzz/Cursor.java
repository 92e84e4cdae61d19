package io.pychain.node.fuzz;

import io.pychain.core.message.Bytes;
import java.util.Arrays;

/// Reads an input as a list of choices; past its end all choices are 0.
final class Cursor {
  /// Numbers at which counting goes wrong.
  private static final long[] EDGES = {
    0,
    1,
    2,
    3,
    -1,
    Byte.MAX_VALUE,
    1 << 16,
    1 << 24,
    (1 << 24) - 1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 62,
    Long.MAX_VALUE - 65_536,
    Long.MAX_VALUE - 65_535,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final byte[] input;
  private int at;

  Cursor(byte[] input) {
    this.input = input;
  }

  boolean isAtEnd() {
    return at >= input.length;
  }

  /// From 0 to 255.
  int octet() {
    return isAtEnd() ? 0 : Byte.toUnsignedInt(input[at++]);
  }

  /// From 0 to `bound` - 1, which is below 65,536.
  int choice(int bound) {
    int chosen = bound > 256 ? octet() << 8 | octet() : octet();
    return chosen % bound;
  }

  boolean flag() {
    return (octet() & 1) == 1;
  }

  /// Mostly a small number or one at an edge.
  long number() {
    int kind = octet();
    if (kind < 128) {
      return kind;
    }
    if (kind < 240) {
      return EDGES[kind % EDGES.length];
    }
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << 8 | octet();
    }
    return number;
  }

  /// The same from `min` to `max`.
  long number(long min, long max) {
    return Math.clamp(number(), min, max);
  }

  /// So many bytes, or what is left.
  byte[] bytes(int length) {
    int until = Math.min(input.length, at + length);
    byte[] taken = Arrays.copyOfRange(input, at, Math.max(at, until));
    at = until;
    return taken;
  }

  Bytes rest() {
    return Bytes.wrap(bytes(input.length));
  }
}
