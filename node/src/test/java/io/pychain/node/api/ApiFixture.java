package io.pychain.node.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pychain.node.keys.WebIdentity;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A server on a free port of loopback before a fake node, and ways to speak with it: as a proper
/// client, and byte by byte.
final class ApiFixture implements AutoCloseable {
  static final String TOKEN = "0123456789abcdef0123456789abcdef";
  static final int MESSAGE_BYTES_MAX = 100_000;
  static final String JSON = "application/json";
  static final String AUTHORIZATION = "Authorization: Bearer " + TOKEN;
  static final String HOST = "Host: localhost";
  static final String CLOSE = "Connection: close";

  /// Short waits, so that tests of what is slow are not.
  static final ApiConfig.Limits LIMITS =
      new ApiConfig.Limits(
          3,
          3,
          1 << 20,
          1_000,
          1 << 20,
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2));

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final FakeNode node = new FakeNode();
  final NodeMetrics metrics = new NodeMetrics();
  final ApiServer server;
  private final Optional<WebIdentity> identity;
  private final HttpClient client = HttpClient.newHttpClient();

  ApiFixture() throws IOException {
    this(Optional.empty(), Optional.empty());
  }

  /// @param identity that it shows over TLS, and the file of it
  private ApiFixture(Optional<WebIdentity> identity, Optional<Path> file) throws IOException {
    this.identity = identity;
    ApiToken token = ApiToken.of(TOKEN);
    ApiConfig config = ApiConfig.of("127.0.0.1", 0, token, MESSAGE_BYTES_MAX, LIMITS);
    server = ApiServer.start(config.with(file), node, metrics);
  }

  /// One that is served over TLS, to [#connect] and what uses it.
  static ApiFixture overTls(Path folder) throws Exception {
    WebIdentity identity = WebIdentity.of("localhost");
    Path file = folder.resolve("api.pem");
    identity.writeTo(file);
    return new ApiFixture(Optional.of(identity), Optional.of(file));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> put(String contentType, String body)
      throws IOException, InterruptedException {
    return put(contentType, BodyPublishers.ofString(body));
  }

  HttpResponse<String> put(String contentType, BodyPublisher body)
      throws IOException, InterruptedException {
    return write("PUT", "/api/v1/broadcast", contentType, body);
  }

  HttpResponse<String> bulk(String lines) throws IOException, InterruptedException {
    BodyPublisher body = BodyPublishers.ofString(lines);
    return write("POST", "/api/v1/broadcast/bulk", "application/x-ndjson", body);
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return write("POST", path, JSON, BodyPublishers.noBody());
  }

  HttpResponse<String> write(String method, String path, String contentType, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", contentType)
            .method(method, body)
            .build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  /// A request by hand, without a body: the call, then its headers.
  static String http(String call, String... headers) {
    return call + " HTTP/1.1\n" + String.join("\n", headers) + "\n\n";
  }

  /// A connection, over TLS if the server speaks it; reading from it fails after some seconds of
  /// silence.
  Socket connect() throws IOException {
    try {
      return identity.isPresent() ? identity.get().connect(server.port()) : connectBare();
    } catch (IOException refused) {
      throw refused;
    } catch (Exception impossible) {
      throw new IllegalStateException("every Java has TLS", impossible);
    }
  }

  /// The same without TLS, whatever the server speaks.
  Socket connectBare() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  /// A connection on which this has been sent; line ends are written as `\n`.
  Socket say(String text) throws IOException {
    Socket socket = connect();
    OutputStream out = socket.getOutputStream();
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return socket;
  }

  /// What comes back for these bytes until the server closes or has nothing more to say.
  String answerTo(String text) throws IOException {
    try (Socket socket = say(text)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  /// Waits until something holds; fails when it does not within 10 s.
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen within 10 s: " + what);
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
