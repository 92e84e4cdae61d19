package io.pychain.core.message;

import java.util.List;

/// One payload of an application, or of the system itself.
///
/// @param contentType media type of the data; [#JSON] for JSON, [#EVENT] for an event
/// @param data the payload as it was published
public record Message(String contentType, Bytes data) {
  /// Any JSON value.
  public static final String JSON = "application/json";

  /// `{"event": {"name": …, "args": {…}}}`.
  public static final String EVENT = "application/vnd.pychain.event+json";

  /// Longest media type, in characters.
  public static final int CONTENT_TYPE_LENGTH_MAX = 255;

  /// Names of the events that nodes publish of themselves and of each other.
  public static final List<String> SYSTEM_EVENTS =
      List.of("PEER_JOINED", "PEER_LEAVING", "DEAD_PEER", "ADDRESS_CHANGED", "FORK_FOUND");

  private static final List<Bytes> SYSTEM_EVENT_BEGINNINGS =
      SYSTEM_EVENTS.stream()
          .map(name -> Bytes.utf8("{\"event\":{\"name\":\"" + name + "\""))
          .toList();

  /// @throws IllegalArgumentException if the media type is empty or longer than it may be
  public Message {
    if (contentType.isEmpty() || contentType.length() > CONTENT_TYPE_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a content type has 1 to 255 characters, not " + contentType.length());
    }
  }

  /// Whether it is an event of the system, in the form that nodes write: the name first, and no
  /// white space. What is written otherwise is as good an event, and merely waits its turn.
  public boolean isSystemEvent() {
    return contentType.equals(EVENT) && SYSTEM_EVENT_BEGINNINGS.stream().anyMatch(data::startsWith);
  }
}
