package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Writes Protocol Buffers messages: fields in the order of the calls, zeros and empty texts left
/// out.
class Writer {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  static final int DELIMITED = 2;

  private byte[] array;
  private int at;

  /// @param sizeHint about how many bytes it will be
  Writer(int sizeHint) {
    this(new byte[Math.max(64, sizeHint)]);
  }

  /// @param array to write to, until it is full
  Writer(byte[] array) {
    this.array = array;
  }

  /// What has been written.
  byte[] toArray() {
    return at == array.length ? array : Arrays.copyOf(array, at);
  }

  /// How many bytes have been written.
  int length() {
    return at;
  }

  /// A number, which is not written if it is 0.
  void number(int field, long value) {
    if (value != 0) {
      tag(field, VARINT);
      varint(value);
    }
  }

  /// Eight bytes, which are not written if they are 0.
  void fixed64(int field, long value) {
    if (value != 0) {
      tag(field, FIXED64);
      putFixed64(value);
    }
  }

  /// A run of bytes, written even if it is empty.
  void bytes(int field, Bytes value) {
    tag(field, DELIMITED);
    varint(value.length());
    put(value.array(), value.offset(), value.length());
  }

  /// A text, which is not written if it is empty.
  void text(int field, String value) {
    if (!value.isEmpty()) {
      textElement(field, value);
    }
  }

  /// One of several texts.
  void textElement(int field, String value) {
    bytes(field, Bytes.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  /// What was signed, as it is.
  void sealed(int field, Sealed sealed) {
    int content = sealed.content().length();
    tag(field, DELIMITED);
    varint(
        1
            + varintLength(content)
            + content
            + 1
            + varintLength(Sealed.SIGNATURE_LENGTH)
            + Sealed.SIGNATURE_LENGTH);
    bytes(1, sealed.content());
    bytes(2, sealed.signature());
  }

  /// A small message inside this one.
  void message(int field, Consumer<Writer> body) {
    message(field, 0, body);
  }

  /// A message inside this one. Its length stands before it and is known after it, so room is left
  /// for a length of the size of the guess; where the guess was bad, what was written moves.
  void message(int field, int lengthGuess, Consumer<Writer> body) {
    tag(field, DELIMITED);
    int room = varintLength(lengthGuess);
    reserve(room);
    int start = at;
    at += room;
    body.accept(this);
    int length = at - start - room;
    int needed = varintLength(length);
    if (needed != room) {
      reserve(needed - room);
      System.arraycopy(array, start + room, array, start + needed, length);
    }
    at = start;
    varint(length);
    at += length;
  }

  /// A packed list of numbers, which is not written if it is empty.
  void numbers(int field, long[] values) {
    if (values.length > 0) {
      int length = 0;
      for (long value : values) {
        length += varintLength(value);
      }
      tag(field, DELIMITED);
      varint(length);
      for (long value : values) {
        varint(value);
      }
    }
  }

  /// A packed list of eight-byte values, which is not written if it is empty.
  void fixed64s(int field, long[] values) {
    if (values.length > 0) {
      tag(field, DELIMITED);
      varint((long) values.length * Long.BYTES);
      for (long value : values) {
        putFixed64(value);
      }
    }
  }

  /// Bytes that a number takes on the wire, 1 to 10.
  static int varintLength(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  final void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[at++] = (byte) rest;
  }

  void putFixed64(long value) {
    reserve(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += 8) {
      array[at++] = (byte) (value >>> shift);
    }
  }

  void put(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, array, at, length);
    at += length;
  }

  private void reserve(int more) {
    if (array.length - at < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, at + more));
    }
  }
}
