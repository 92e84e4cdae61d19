package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pychain.core.message.MessageId;
import io.pychain.core.ring.Guid;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.Node;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The calls that read what has been delivered.
final class Reading {
  /// Messages in one answer unless asked otherwise.
  static final int LIMIT_DEFAULT = 100;

  /// Most messages in one answer.
  static final int LIMIT_MAX = 1_000;

  /// Largest offset that a client may name: the largest whole number of 18 digits.
  static final long OFFSET_MAX = 999_999_999_999_999_999L;

  private final Node node;

  Reading(Node node) {
    this.node = node;
  }

  /// GET /messages
  Reply page(Request request) {
    long after = request.number("after", 0, OFFSET_MAX).orElse(0L);
    int limit = Math.toIntExact(request.number("limit", 1, LIMIT_MAX).orElse((long) LIMIT_DEFAULT));
    Optional<Guid> origin =
        request.number("origin", 0, Integer.MAX_VALUE).map(guid -> Guid.of(Math.toIntExact(guid)));
    List<DeliveredMessage> messages = StoreRead.of(() -> node.messages(after, limit, origin));
    long next = messages.isEmpty() ? after : messages.getLast().offset();
    return Reply.json(json -> writePage(json, messages, next));
  }

  private static void writePage(JsonGenerator json, List<DeliveredMessage> messages, long next)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("messages");
    for (DeliveredMessage message : messages) {
      MessageJson.write(json, message);
    }
    json.writeEndArray();
    json.writeNumberField("next", next);
    json.writeEndObject();
  }

  /// GET /messages/{id}
  Reply one(Request request) {
    MessageId id = id(request.segment(0));
    DeliveredMessage message =
        StoreRead.of(() -> node.message(id))
            .orElseThrow(() -> Problem.notFound("No message " + id + " is held here."));
    return Reply.json(json -> MessageJson.write(json, message));
  }

  /// Reads the id of a message.
  ///
  /// @throws Problem 400 if it is none
  static MessageId id(String text) {
    try {
      MessageId id = MessageId.parse(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException malformed) {
      // Said below, without repeating what a stranger wrote.
    }
    throw Problem.malformed("A message id is GUID:EPOCH:SEQ, three numbers such as 3:1:17.");
  }
}
