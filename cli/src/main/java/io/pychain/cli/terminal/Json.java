package io.pychain.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON in and out, as trees: the command line has no types of its own for what the API says.
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Json() {}

  /// An empty object.
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// Reads one value and nothing after it.
  ///
  /// @throws JsonProcessingException if the text is anything else
  public static JsonNode parse(String text) throws JsonProcessingException {
    JsonNode value = MAPPER.readTree(text);
    if (value.isMissingNode()) {
      throw new com.fasterxml.jackson.core.JsonParseException(null, "no value at all");
    }
    return value;
  }

  /// A publish request for the value in the text, which goes as it was written: read and written
  /// anew, 1.50 would become 1.5.
  ///
  /// @throws JsonProcessingException if the text is not one JSON value
  public static String dataRequest(String text) throws JsonProcessingException {
    parse(text);
    return "{\"data\":" + text.strip() + "}";
  }

  /// The value on one line.
  public static String line(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every tree can be written", e);
    }
  }

  /// The value for people.
  public static String indented(JsonNode value) {
    return value.toPrettyString();
  }
}
