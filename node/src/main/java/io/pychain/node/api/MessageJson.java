package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pychain.core.message.Message;
import io.pychain.node.DeliveredMessage;
import java.io.IOException;
import java.util.Locale;

/// A delivered message as JSON.
///
/// JSON data goes out byte for byte as its publisher wrote it. It is checked again first, for a
/// peer may have called anything JSON, and the answer must stay well-formed; what fails goes out as
/// bytes.
final class MessageJson {
  private MessageJson() {}

  static void write(JsonGenerator json, DeliveredMessage delivered) throws IOException {
    json.writeStartObject();
    json.writeNumberField("offset", delivered.offset());
    json.writeStringField("id", delivered.id().toString());
    json.writeObjectFieldStart("origin");
    json.writeNumberField("guid", delivered.id().log().guid().value());
    json.writeEndObject();
    json.writeNumberField("epoch", delivered.id().log().epoch());
    json.writeNumberField("seq", delivered.id().seq());
    Json.writeTime(json, "broadcast_timestamp", delivered.broadcast());
    Json.writeTime(json, "received_timestamp", delivered.received());
    json.writeNumberField("hops", delivered.hops());
    json.writeStringField("via", delivered.via().name().toLowerCase(Locale.ROOT));
    json.writeStringField("content_type", delivered.message().contentType());
    writeData(json, delivered.message());
    json.writeEndObject();
  }

  private static void writeData(JsonGenerator json, Message message) throws IOException {
    boolean claimed =
        message.contentType().equals(Message.JSON) || message.contentType().equals(Message.EVENT);
    if (claimed && Json.isValue(message.data())) {
      json.writeFieldName("data");
      json.writeRawValue(message.data().utf8());
    } else {
      var data = message.data();
      json.writeFieldName("data_base64");
      json.writeBinary(data.array(), data.offset(), data.length());
    }
  }
}
