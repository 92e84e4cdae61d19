package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads one Protocol Buffers message, field by field, and trusts none of it.
///
/// ```java
/// while (in.next()) {
///   switch (in.field()) {
///     case 1 -> nonce = in.fixed64("nonce");
///     default -> in.skip();
///   }
/// }
/// ```
///
/// Stricter than the format asks, where leniency would only help to say one thing in two ways: a
/// singular field comes once, a number list comes packed, groups do not exist.
final class Reader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  /// Singular fields have numbers below this, so that a bit each tells which have come.
  private static final int SINGULAR_FIELDS = 64;

  private final Bytes bytes;
  private final byte[] array;
  private final int end;
  private final String message;
  private int at;
  private int field;
  private int type;
  private long seen;

  /// @param message what is read, for refusals
  Reader(Bytes bytes, String message) {
    this.bytes = bytes;
    this.array = bytes.array();
    this.at = bytes.offset();
    this.end = bytes.offset() + bytes.length();
    this.message = message;
  }

  /// Goes to the next field; false at the end.
  boolean next() throws MalformedException {
    if (at == end) {
      return false;
    }
    long tag = varint("tag");
    field = (int) (tag >>> 3);
    type = (int) tag & 7;
    if (tag >>> 32 != 0 || field == 0) {
      throw malformed("tag", "is no field number");
    }
    return true;
  }

  /// Number of the field that [#next()] went to.
  int field() {
    return field;
  }

  /// Passes over a field that this version does not know.
  void skip() throws MalformedException {
    switch (type) {
      case VARINT -> varint("unknown field " + field);
      case FIXED64 -> advance(Long.BYTES, "unknown field " + field);
      case DELIMITED -> delimited("unknown field " + field);
      case FIXED32 -> advance(Integer.BYTES, "unknown field " + field);
      default -> throw malformed("unknown field " + field, "has wire type " + type);
    }
  }

  /// A number from `min` to `max`, neither negative.
  long number(String name, long min, long max) throws MalformedException {
    singular(name, VARINT);
    return within(name, varint(name), min, max);
  }

  /// A number from `min` to `max`, neither negative.
  int number(String name, int min, int max) throws MalformedException {
    return (int) number(name, (long) min, (long) max);
  }

  /// Eight bytes, little-endian, any value.
  long fixed64(String name) throws MalformedException {
    singular(name, FIXED64);
    return fixed64At(advance(Long.BYTES, name));
  }

  /// A run of bytes within these lengths, sharing the array.
  Bytes bytes(String name, int lengthMin, int lengthMax) throws MalformedException {
    singular(name, DELIMITED);
    Bytes run = delimited(name);
    if (run.length() < lengthMin || run.length() > lengthMax) {
      throw malformed(
          name, "has " + run.length() + " bytes, allowed are " + range(lengthMin, lengthMax));
    }
    return run;
  }

  /// A text of at most so many characters: UTF-8 without control characters, which would garble a
  /// log or a terminal.
  String text(String name, int lengthMax) throws MalformedException {
    singular(name, DELIMITED);
    return textElement(name, lengthMax);
  }

  /// One of several texts.
  String textElement(String name, int lengthMax) throws MalformedException {
    expect(name, DELIMITED);
    Bytes run = delimited(name);
    String text = run.length() <= 3 * lengthMax ? strictUtf8(name, run) : "";
    if (run.length() > 3 * lengthMax || text.length() > lengthMax) {
      throw malformed(name, "has more than " + lengthMax + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw malformed(name, "has a control character");
    }
    return text;
  }

  /// A message inside this one.
  Reader message(String name) throws MalformedException {
    singular(name, DELIMITED);
    return new Reader(delimited(name), name);
  }

  /// One of several messages inside this one.
  Reader element(String name) throws MalformedException {
    expect(name, DELIMITED);
    return new Reader(delimited(name), name);
  }

  /// A packed list of numbers from `min` to `max`.
  long[] numbers(String name, int countMax, long min, long max) throws MalformedException {
    singular(name, DELIMITED);
    Reader list = new Reader(delimited(name), message);
    int count = list.varintsLeft();
    atMost(name, count, countMax);
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = within(name, list.varint(name), min, max);
    }
    if (list.at != list.end) {
      throw malformed(name, "ends in the middle of a number");
    }
    return numbers;
  }

  /// A packed list of exactly so many eight-byte values.
  long[] fixed64s(String name, int count) throws MalformedException {
    singular(name, DELIMITED);
    Bytes run = delimited(name);
    if (run.length() != count * Long.BYTES) {
      throw malformed(name, "has " + run.length() + " bytes, not " + count * Long.BYTES);
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = fixed64At(run.offset() + i * Long.BYTES);
    }
    return values;
  }

  /// Refuses a list that has grown over its limit.
  void atMost(String name, int count, int countMax) throws MalformedException {
    if (count > countMax) {
      throw malformed(name, "has more than " + countMax + " entries");
    }
  }

  /// Refuses a message that lacks a field.
  <T> T required(@Nullable T value, String name) throws MalformedException {
    if (value == null) {
      throw malformed(name, "is missing");
    }
    return value;
  }

  /// Refuses a message that lacks a number that cannot be 0.
  long positive(long value, String name) throws MalformedException {
    if (value == 0) {
      throw malformed(name, "is missing");
    }
    return value;
  }

  /// Refuses a message that lacks a number that cannot be 0.
  int positive(int value, String name) throws MalformedException {
    return (int) positive((long) value, name);
  }

  /// Refuses a message that lacks a text that cannot be empty.
  String present(String text, String name) throws MalformedException {
    if (text.isEmpty()) {
      throw malformed(name, "is missing");
    }
    return text;
  }

  /// A refusal of a field of this message.
  MalformedException malformed(String name, String problem) {
    return new MalformedException(message + "." + name, problem);
  }

  private void singular(String name, int expectedType) throws MalformedException {
    expect(name, expectedType);
    long bit = 1L << field;
    if (field >= SINGULAR_FIELDS || (seen & bit) != 0) {
      throw malformed(name, "is given twice");
    }
    seen |= bit;
  }

  private void expect(String name, int expectedType) throws MalformedException {
    if (type != expectedType) {
      throw malformed(name, "has wire type " + type + ", not " + expectedType);
    }
  }

  private long within(String name, long value, long min, long max) throws MalformedException {
    if (value < min || value > max) {
      throw malformed(
          name, "is " + Long.toUnsignedString(value) + ", allowed is " + range(min, max));
    }
    return value;
  }

  private static String range(long min, long max) {
    return min == max ? Long.toString(min) : min + " to " + max;
  }

  private Bytes delimited(String name) throws MalformedException {
    long length = varint(name);
    if (length < 0 || length > end - at) {
      throw malformed(
          name, "claims " + Long.toUnsignedString(length) + " bytes of " + (end - at) + " left");
    }
    int from = advance((int) length, name) - bytes.offset();
    return bytes.slice(from, from + (int) length);
  }

  private int advance(int count, String name) throws MalformedException {
    if (count > end - at) {
      throw malformed(name, "is cut short");
    }
    int from = at;
    at += count;
    return from;
  }

  private long varint(String name) throws MalformedException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && at < end; shift += 7) {
      byte b = array[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        if (shift == 63 && b > 1) {
          throw malformed(name, "is a number of more than 64 bits");
        }
        return value;
      }
    }
    throw malformed(name, at == end ? "is cut short" : "is a number of more than 64 bits");
  }

  /// How many numbers the rest holds: each ends in a byte without its highest bit.
  private int varintsLeft() {
    int count = 0;
    for (int i = at; i < end; i++) {
      count += array[i] >= 0 ? 1 : 0;
    }
    return count;
  }

  private long fixed64At(int index) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).getLong(index);
  }

  private String strictUtf8(String name, Bytes run) throws MalformedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(array, run.offset(), run.length()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw malformed(name, "is not UTF-8");
    }
  }
}
