package io.pychain.core.message;

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

  /// @throws IllegalArgumentException if the media type is empty or longer than it may be
  public Message {
    if (contentType.isEmpty() || contentType.length() > CONTENT_TYPE_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a content type has 1 to 255 characters, not " + contentType.length());
    }
  }
}
