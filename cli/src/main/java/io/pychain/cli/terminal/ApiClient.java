package io.pychain.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.core.message.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/// Asks one node by its HTTP API.
///
/// By `HttpURLConnection`, as its first answer is there after 11 ms where `java.net.http` takes 150
/// (with an AOT cache, one thread): for a command that asks once, that is most of what it costs.
public final class ApiClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /// Above what the API itself takes for its slowest answer, a sync round.
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);

  /// Largest answer that is read; the API's pages are far below.
  private static final int ANSWER_BYTES_MAX = 256 << 20;

  private static final int UNAUTHORIZED = 401;

  private final URI base;
  private final Optional<String> token;
  private final Optional<PinnedCertificates> trust;
  private final Duration answerTimeout;

  /// @param base of the node, without a path
  /// @param token shown with every request, for those that write
  public ApiClient(URI base, Optional<String> token) {
    this(base, token, ANSWER_TIMEOUT);
  }

  /// The same for who would rather ask again than wait.
  ///
  /// @param answerTimeout for each read of an answer, above 0
  public ApiClient(URI base, Optional<String> token, Duration answerTimeout) {
    this(base, token, Optional.empty(), answerTimeout);
  }

  private ApiClient(
      URI base,
      Optional<String> token,
      Optional<PinnedCertificates> trust,
      Duration answerTimeout) {
    this.base = base;
    this.token = token;
    this.trust = trust;
    this.answerTimeout = answerTimeout;
  }

  /// The same, believing an https node by these certificates; by those that Java believes if empty.
  public ApiClient believing(Optional<PinnedCertificates> certificates) {
    return new ApiClient(base, token, certificates, answerTimeout);
  }

  /// A request with a body.
  ///
  /// @param contentType of the body
  /// @param bytes the body itself
  public record Body(String contentType, Bytes bytes) {
    /// A body that is JSON, as it stands.
    public static Body json(String text) {
      return new Body("application/json", Bytes.utf8(text));
    }
  }

  /// Asks for something that is there.
  ///
  /// @throws CommandFailure as for [#ask]
  public JsonNode get(String path) throws CommandFailure {
    return ask("GET", path, Optional.empty());
  }

  /// Asks for something to be done that needs no words.
  ///
  /// @throws CommandFailure as for [#ask]
  public JsonNode post(String path) throws CommandFailure {
    return ask("POST", path, Optional.of(new Body("application/json", Bytes.EMPTY)));
  }

  /// Sends a request and reads the JSON that answers it.
  ///
  /// @throws CommandFailure if nobody answers, or the answer is a refusal or no JSON
  public JsonNode ask(String method, String path, Optional<Body> body) throws CommandFailure {
    try {
      HttpURLConnection connection = open(method, path, body);
      if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
        throw refused(connection, method + " " + path);
      }
      try (InputStream in = connection.getInputStream()) {
        return Json.parse(utf8(in));
      }
    } catch (JsonProcessingException e) {
      throw stranger();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /// Opens a stream of server-sent events.
  ///
  /// @throws CommandFailure as for [#ask]
  public InputStream stream(String path) throws CommandFailure {
    try {
      HttpURLConnection connection = open("GET", path, Optional.empty());
      if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
        throw refused(connection, "GET " + path);
      }
      return connection.getInputStream();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpURLConnection open(String method, String path, Optional<Body> body)
      throws IOException {
    URI uri = base.resolve(path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    if (trust.isPresent() && connection instanceof HttpsURLConnection https) {
      trust.get().applyTo(https);
    }
    connection.setRequestMethod(method);
    connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    connection.setReadTimeout((int) answerTimeout.toMillis());
    connection.setRequestProperty("Accept", "application/json, text/event-stream");
    token.ifPresent(secret -> connection.setRequestProperty("Authorization", "Bearer " + secret));
    if (body.isPresent()) {
      byte[] bytes = body.get().bytes().toArray();
      connection.setRequestProperty("Content-Type", body.get().contentType());
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(bytes.length);
      try (var out = connection.getOutputStream()) {
        out.write(bytes);
      }
    }
    return connection;
  }

  private CommandFailure refused(HttpURLConnection connection, String what) throws IOException {
    int status = connection.getResponseCode();
    String hint =
        status == UNAUTHORIZED
            ? "; name the file of its token with --token-file or --storage-dir"
            : "";
    return CommandFailure.failed(
        "%s was refused by %s (%d): %s%s".formatted(what, base, status, why(connection), hint));
  }

  private static String why(HttpURLConnection connection) throws IOException {
    InputStream in = connection.getErrorStream();
    if (in == null) {
      return "no reason given";
    }
    String text = utf8(in);
    try {
      JsonNode problem = Json.parse(text);
      String title = problem.path("title").asText();
      String detail = problem.path("detail").asText();
      return oneLine(detail.isEmpty() ? title : title + ": " + detail);
    } catch (JsonProcessingException e) {
      return oneLine(text.substring(0, Math.min(200, text.length())));
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String utf8(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(ANSWER_BYTES_MAX);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private CommandFailure stranger() {
    return CommandFailure.failed(
        base + " answers, but not as a pychain node does: check --api or API_LISTEN");
  }

  private CommandFailure unreachable(IOException e) {
    return CommandFailure.failed(
        switch (e) {
          case ConnectException c ->
              "no node answers at %s (%s): start one (./run 4, pychain node), or name it with --api"
                  .formatted(base, c.getMessage());
          case SocketTimeoutException _ ->
              "the node at " + base + " does not answer in time: look at its log";
          case UnknownHostException u ->
              "no such host: " + u.getMessage() + "; check --api or API_LISTEN";
          default -> "asking " + base + " failed: " + oneLine(String.valueOf(e.getMessage()));
        });
  }
}
