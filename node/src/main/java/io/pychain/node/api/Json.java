package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.pychain.core.message.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// JSON in and out, token by token: no reflection, no mapping, and hard limits on what is read.
final class Json {
  /// How deep objects and arrays may lie in one another.
  static final int DEPTH_MAX = 200;

  /// Digits of a number.
  static final int NUMBER_LENGTH_MAX = 1_000;

  /// Characters of a property's name.
  static final int NAME_LENGTH_MAX = 1_024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(NUMBER_LENGTH_MAX)
                  .maxNameLength(NAME_LENGTH_MAX)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private Json() {}

  /// Something that writes one JSON value.
  interface Writer {
    /// Writes it.
    void writeTo(JsonGenerator json) throws IOException;
  }

  /// The bytes of what is written.
  static Bytes write(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      writer.writeTo(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Bytes.wrap(bytes.toByteArray());
  }

  /// Unix seconds with six decimals.
  static void writeTime(JsonGenerator json, String name, Instant time) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(seconds(time));
  }

  /// Unix seconds with six decimals, or null.
  static void writeTime(JsonGenerator json, String name, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      writeTime(json, name, time.get());
    } else {
      json.writeNullField(name);
    }
  }

  private static String seconds(Instant time) {
    long micros = Math.max(0, time.getEpochSecond()) * 1_000_000 + time.getNano() / 1_000;
    String digits = Long.toString(micros % 1_000_000);
    return micros / 1_000_000 + "." + "0".repeat(6 - digits.length()) + digits;
  }

  /// Reads tokens of bytes that [#isText] has let pass; their offsets count from the first byte.
  static JsonParser parser(Bytes bytes) throws IOException {
    return FACTORY.createParser(bytes.array(), bytes.offset(), bytes.length());
  }

  /// Whether the bytes are exactly one JSON value within our limits, in UTF-8.
  static boolean isValue(Bytes bytes) {
    if (!isText(bytes)) {
      return false;
    }
    try (JsonParser json = parser(bytes)) {
      if (json.nextToken() == null) {
        return false;
      }
      skipValue(json);
      return json.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  /// Reads to the end of the value that begins at the present token, checking all of it.
  static void skipValue(JsonParser json) throws IOException {
    int depth = 0;
    JsonToken token = json.currentToken();
    while (token != null) {
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      json.finishToken();
      if (depth == 0) {
        return;
      }
      token = json.nextToken();
    }
  }

  /// Whether the bytes are UTF-8 that JSON can be written in: well-formed, without NUL bytes or a
  /// byte order mark, by which a parser could take them for another encoding.
  static boolean isText(Bytes bytes) {
    boolean ascii = true;
    int end = bytes.offset() + bytes.length();
    for (int i = bytes.offset(); i < end; i++) {
      byte b = bytes.array()[i];
      if (b == 0) {
        return false;
      }
      ascii &= b > 0;
    }
    return ascii || isUtf8(bytes);
  }

  private static boolean isUtf8(Bytes bytes) {
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length()));
      return text.charAt(0) != '\uFEFF';
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
