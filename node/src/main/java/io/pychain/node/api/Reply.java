package io.pychain.node.api;

import io.pychain.core.message.Bytes;

/// An answer that is there as a whole before the first byte of it is sent.
///
/// @param status HTTP status
/// @param contentType media type of the body
/// @param body what is sent
record Reply(int status, String contentType, Bytes body) {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  /// 200 with one JSON value.
  static Reply json(Json.Writer writer) {
    return new Reply(200, JSON, Json.write(writer));
  }

  /// 200 with text of some kind.
  static Reply of(String contentType, Bytes body) {
    return new Reply(200, contentType, body);
  }
}
