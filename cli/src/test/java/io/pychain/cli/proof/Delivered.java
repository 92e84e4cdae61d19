package io.pychain.cli.proof;

import com.fasterxml.jackson.databind.JsonNode;

/// A message as one node delivered it.
///
/// @param offset in that node's order
/// @param id GUID:EPOCH:SEQ
/// @param log GUID:EPOCH
/// @param seq in its log, from 1
/// @param sealed what its origin signed: time, content type and data
record Delivered(long offset, String id, String log, long seq, String sealed) {
  static Delivered of(JsonNode json) {
    String log = json.path("origin").path("guid").asInt() + ":" + json.path("epoch").asInt();
    return new Delivered(
        json.path("offset").asLong(),
        json.path("id").asText(),
        log,
        json.path("seq").asLong(),
        sealed(
            json.path("broadcast_timestamp").asText(),
            json.path("content_type").asText(),
            json.path(json.has("data") ? "data" : "data_base64").toString()));
  }

  private static String sealed(String timestamp, String contentType, String data) {
    return timestamp + " " + contentType + " " + data;
  }

  /// Whether this is that JSON value.
  boolean carries(String json) {
    return sealed.endsWith(" application/json " + json);
  }
}
