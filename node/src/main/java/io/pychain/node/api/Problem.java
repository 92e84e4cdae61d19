package io.pychain.node.api;

import io.pychain.core.message.Bytes;
import java.time.Duration;
import java.util.Map;

/// An answer that is not what the client hoped for, as RFC 9457 has it: what kind, and what to do.
///
/// Thrown anywhere below a call and written by the server; it carries no stack trace, for it is no
/// fault of ours.
final class Problem extends RuntimeException {
  private final int status;
  private final String title;
  private final String detail;
  private final transient Map<String, String> headers;

  private Problem(int status, String title, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.headers = headers;
  }

  /// The request itself is wrong; repeating it will not help.
  static Problem malformed(String detail) {
    return new Problem(400, "Malformed request", detail, Map.of());
  }

  /// Nobody knows where the request ends: what follows on its connection is not looked at.
  static Problem ambiguous(String detail) {
    return new Problem(400, "Malformed request", detail, Map.of("Connection", "close"));
  }

  static Problem unauthorized(String detail) {
    Map<String, String> challenge = Map.of("WWW-Authenticate", "Bearer realm=\"pychain\"");
    return new Problem(401, "Token required", detail, challenge);
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail, Map.of());
  }

  static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail, Map.of());
  }

  /// The request makes no sense as things are.
  static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail, Map.of());
  }

  static Problem methodNotAllowed(String detail, String allowed) {
    return new Problem(405, "Method not allowed", detail, Map.of("Allow", allowed));
  }

  /// The body is too large; it is not read to its end.
  static Problem tooLarge(String detail) {
    return new Problem(413, "Too large", detail, Map.of("Connection", "close"));
  }

  static Problem unsupportedType(String detail) {
    return new Problem(415, "Unsupported content type", detail, Map.of());
  }

  static Problem internal() {
    return new Problem(
        500, "Internal error", "The node failed to answer; its api.log says why.", Map.of());
  }

  /// Not now; the same request may succeed later.
  ///
  /// @param retrySeconds when to try again
  static Problem unavailable(String detail, int retrySeconds) {
    Map<String, String> retry = Map.of("Retry-After", Integer.toString(retrySeconds));
    return new Problem(503, "Unavailable", detail, retry);
  }

  /// This node has published as much as any member of the network may.
  ///
  /// @param after how long the same request may succeed
  static Problem limited(Duration after) {
    long seconds = after.plusMillis(999).toSeconds();
    return new Problem(
        429,
        "Too many messages",
        "The network lets no member publish more; see GET /parameters.",
        Map.of("Retry-After", Long.toString(seconds)));
  }

  /// The same, said of one line of a bulk request.
  Problem inLine(int number) {
    return new Problem(status, title, "Line " + number + ": " + detail, headers);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /// The body, as `application/problem+json`.
  Bytes body() {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringField("title", title);
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail);
      json.writeEndObject();
    });
  }
}
