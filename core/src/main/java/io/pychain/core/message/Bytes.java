package io.pychain.core.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes, compared by content.
///
/// A slice shares the array it was cut from, so that a payload is never copied on its way from the
/// socket to the store. Whoever wraps an array hands it over and does not write to it again.
public final class Bytes implements Comparable<Bytes> {
  /// No bytes at all.
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// The array itself, handed over: the caller does not write to it again.
  public static Bytes wrap(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /// A private copy of the array.
  public static Bytes copyOf(byte[] array) {
    return wrap(array.clone());
  }

  /// The UTF-8 form of a text.
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads hexadecimal digits of either case.
  ///
  /// @throws IllegalArgumentException if the text is not an even number of hexadecimal digits
  public static Bytes fromHex(String hex) {
    return wrap(HexFormat.of().parseHex(hex));
  }

  /// How many bytes.
  public int length() {
    return length;
  }

  /// The byte at an index, from 0.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  public byte at(int index) {
    return array[offset + java.util.Objects.checkIndex(index, length)];
  }

  /// The bytes [from, until), sharing this array.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside
  public Bytes slice(int from, int until) {
    java.util.Objects.checkFromToIndex(from, until, length);
    return new Bytes(array, offset + from, until - from);
  }

  /// Whether these bytes begin with those.
  public boolean startsWith(Bytes beginning) {
    return length >= beginning.length && slice(0, beginning.length).equals(beginning);
  }

  /// A fresh array with these bytes.
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /// The array behind, for readers that take an offset and a length; never to be written to.
  public byte[] array() {
    return array;
  }

  /// Where these bytes begin in [#array()].
  public int offset() {
    return offset;
  }

  /// Lower-case hexadecimal digits.
  public String hex() {
    return HexFormat.of().formatHex(array, offset, offset + length);
  }

  /// The bytes read as UTF-8, malformed sequences replaced.
  public String utf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length <= 32 ? hex() : slice(0, 32).hex() + "…(" + length + " bytes)";
  }
}
