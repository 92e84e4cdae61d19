package io.pychain.node.api;

import static io.pychain.node.api.ApiFixture.AUTHORIZATION;
import static io.pychain.node.api.ApiFixture.CLOSE;
import static io.pychain.node.api.ApiFixture.HOST;
import static io.pychain.node.api.ApiFixture.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private ApiFixture api;

  @BeforeEach
  void start() throws Exception {
    api = new ApiFixture();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic 0123456789abcdef0123456789abcdef",
        "Bearer",
        "Bearer ",
        "Bearer 0123456789abcdef0123456789abcdee",
        "Bearer 0123456789abcdef0123456789abcdef0",
        "0123456789abcdef0123456789abcdef",
      })
  void writingNeedsTheToken(String authorization) throws Exception {
    for (String call :
        List.of("PUT /broadcast", "POST /broadcast/bulk", "POST /sync", "POST /leave")) {
      String[] parts = call.split(" ", -1);
      HttpResponse<String> answer =
          api.send(
              HttpRequest.newBuilder(api.uri("/api/v1" + parts[1]))
                  .header("Authorization", authorization)
                  .header("Content-Type", "application/json")
                  .method(parts[0], BodyPublishers.ofString("{\"data\":1}"))
                  .build());

      Problems.assertProblem(answer, 401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }
    assertThat(api.node.delivered()).isEmpty();
    assertThat(api.metrics.refused()).containsEntry("api_401", 4L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "",
        "[::2]"
      })
  void requestForAnotherHostIsRefused(String host) throws Exception {
    String request = http("GET /api/v1/status", CLOSE, "Host: " + host);

    assertThat(api.answerTo(request)).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1:1", "127.9.9.9", "[::1]:8000"})
  void requestForALoopbackHostIsServed(String host) throws Exception {
    String request = http("GET /api/v1/status", CLOSE, "Host: " + host);

    assertThat(api.answerTo(request)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void requestNamesExactlyOneHost() throws Exception {
    assertThat(api.answerTo(http("GET /livez", CLOSE))).startsWith("HTTP/1.1 400 ");
    assertThat(api.answerTo(http("GET /livez", HOST, HOST, CLOSE))).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void foreignWebPageMayNotWrite() throws Exception {
    for (String origin : List.of("http://evil.example", "null", "https://localhost")) {
      assertThat(api.answerTo(syncFrom(origin))).as(origin).startsWith("HTTP/1.1 403 ");
    }
    assertThat(api.answerTo(syncFrom("http://localhost"))).startsWith("HTTP/1.1 200 ");
  }

  private static String syncFrom(String origin) {
    return http("POST /api/v1/sync", HOST, CLOSE, AUTHORIZATION, "Origin: " + origin);
  }

  @Test
  void unknownPathIsToldWhatThereIs() throws Exception {
    HttpResponse<String> answer = api.get("/api/v2/status");

    Problems.assertProblem(answer, 404);
    assertThat(answer.body()).contains("/api/v1/status").contains("/readyz");
  }

  @Test
  void unknownMethodIsToldWhatThereIs() throws Exception {
    for (String method : List.of("DELETE", "POST", "PATCH", "get", "TRACE")) {
      HttpResponse<String> answer =
          api.write(method, "/api/v1/broadcast", ApiFixture.JSON, BodyPublishers.noBody());

      Problems.assertProblem(answer, 405);
      assertThat(answer.headers().firstValue("Allow")).contains("OPTIONS, PUT");
    }
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws Exception {
    HttpResponse<String> get = api.get("/api/v1/capabilities");
    HttpResponse<String> head =
        api.write("HEAD", "/api/v1/capabilities", ApiFixture.JSON, BodyPublishers.noBody());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .contains(Integer.toString(get.body().length()));
  }

  @Test
  void optionsNamesTheMethods() throws Exception {
    HttpResponse<String> answer =
        api.write("OPTIONS", "/api/v1/messages", ApiFixture.JSON, BodyPublishers.noBody());

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void everyAnswerIsLockedDownForBrowsers() throws Exception {
    for (String path : List.of("/api/v1/status", "/nothing")) {
      HttpResponse<String> answer = api.get(path);

      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'");
    }
  }

  @Test
  void bodyThatDoesNotComeCostsTheConnectionAndPublishesNothing() throws Exception {
    for (String length : List.of("Content-Length: 100", "Transfer-Encoding: chunked")) {
      String request =
          http("PUT /api/v1/broadcast", HOST, AUTHORIZATION, "Content-Type: text/plain", length);

      assertThat(api.answerTo(request)).as(length).isEmpty();
    }
    assertThat(api.node.delivered()).isEmpty();
    assertServes();
  }

  @Test
  void bodyThatIsCutShortPublishesNothing() throws Exception {
    String length = "Content-Length: 10";
    String request =
        http("PUT /api/v1/broadcast", HOST, AUTHORIZATION, "Content-Type: text/plain", length);
    try (Socket socket = api.say(request + "12345")) {
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }

    assertThat(api.node.delivered()).isEmpty();
    assertServes();
  }

  @Test
  void bodiesBeingReadAreBoundedTogether() throws Exception {
    try (Socket first = api.say(bulkOf(1_000_000))) {
      ApiFixture.await("the second finds no room", this::bulkFindsNoRoom);
      assertThat(first.isConnected()).isTrue();
    }
  }

  private static String bulkOf(int bytes) {
    String length = "Content-Length: " + bytes;
    String type = "Content-Type: application/x-ndjson";
    return http("POST /api/v1/broadcast/bulk", HOST, CLOSE, AUTHORIZATION, type, length);
  }

  private boolean bulkFindsNoRoom() {
    try {
      String lines = "{\"data\":1}".repeat(10_000);
      return api.answerTo(bulkOf(lines.length()) + lines).startsWith("HTTP/1.1 503 ");
    } catch (IOException notYet) {
      return false;
    }
  }

  @Test
  void garbageOnThePortIsSurvived() throws Exception {
    Random random = new Random(7);
    List<String> garbage =
        new ArrayList<>(
            List.of(
                "\n",
                "GET\n\n",
                "GET /\n\n",
                "GET / HTTP/9.9\n\n",
                "GET /%zz HTTP/1.1\nHost: localhost\n\n",
                "GET http://[::1 HTTP/1.1\n\n",
                "PUT /api/v1/broadcast HTTP/1.1\nContent-Length: -1\n\n",
                "PUT /api/v1/broadcast HTTP/1.1\nContent-Length: 99999999999999999999\n\n",
                http("PUT /x", "Content-Length: 1", "Transfer-Encoding: chunked"),
                "GET / HTTP/1.1\n" + "X: y\n".repeat(10_000) + "\n",
                "GET /" + "a".repeat(1_000_000) + " HTTP/1.1\n\n"));
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      garbage.add(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    for (String bytes : garbage) {
      try (Socket socket = api.say(bytes)) {
        socket.shutdownOutput();
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .doesNotContain("HTTP/1.1 2")
            .doesNotContain("Exception\n");
      } catch (IOException reset) {
        // Closed while we were still speaking: as good an answer.
      }
    }

    assertServes();
  }

  @Test
  void idleConnectionsAreBounded() throws Exception {
    int bound = Integer.getInteger("jdk.httpserver.maxConnections", 0);
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < bound + 500; i++) {
        sockets.add(api.connect());
      }

      ApiFixture.await("those over the limit are closed", () -> closed(sockets) >= 1);
      assertThat(sockets.size() - closed(sockets)).isLessThanOrEqualTo(bound);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    ApiFixture.await("the node serves again", this::serves);
  }

  private static long closed(List<Socket> sockets) {
    return sockets.stream().filter(GateTest::isClosedByServer).count();
  }

  private static boolean isClosedByServer(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private void assertServes() throws Exception {
    assertThat(api.get("/livez").statusCode()).isEqualTo(200);
  }

  private boolean serves() {
    try {
      return api.get("/livez").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
