package io.pychain.node.api;

import static io.pychain.node.api.ApiFixture.AUTHORIZATION;
import static io.pychain.node.api.ApiFixture.CLOSE;
import static io.pychain.node.api.ApiFixture.HOST;
import static io.pychain.node.api.ApiFixture.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a client may try that is no client: bombs, smuggled requests, crowds of connections.
class ApiAttacksTest {
  private static final String PUT = "PUT /api/v1/broadcast";
  private static final String TEXT = "Content-Type: text/plain";

  private ApiFixture api;

  @BeforeEach
  void start() throws Exception {
    api = new ApiFixture();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void encodedBodyIsRefusedAndNeverUnpacked() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[20 << 20]);
    }
    for (String encoding : List.of("gzip", "deflate", "br", "identity, gzip")) {
      for (String path : List.of("/api/v1/broadcast", "/api/v1/broadcast/bulk")) {
        HttpResponse<String> answer =
            api.send(
                HttpRequest.newBuilder(api.uri(path))
                    .header("Authorization", "Bearer " + ApiFixture.TOKEN)
                    .header("Content-Type", "application/octet-stream")
                    .header("Content-Encoding", encoding)
                    .method(
                        path.endsWith("bulk") ? "POST" : "PUT",
                        BodyPublishers.ofByteArray(bomb.toByteArray()))
                    .build());

        Problems.assertProblem(answer, 415);
      }
    }
    assertThat(api.node.delivered()).isEmpty();
  }

  @Test
  void smuggledRequestIsNotServed() throws Exception {
    String hidden = http(PUT, HOST, AUTHORIZATION, TEXT, "Content-Length: 1") + "x";
    List<String> twofold =
        List.of(
            http("GET /livez", HOST, "Content-Length: 0", "Content-Length: " + hidden.length()),
            http("GET /livez", HOST, "Content-Length: 3", "Transfer-Encoding: chunked") + "0\n\n",
            http("GET /livez", HOST, "Transfer-Encoding: chunked, identity") + "0\n\n",
            http("GET /livez", HOST, "Transfer-Encoding: xchunked") + "0\n\n",
            http("GET /livez", HOST, "Content-Length: +0"),
            http("GET /livez", HOST, "Content-Length : 0"));

    for (String request : twofold) {
      try (Socket socket = api.say(request + hidden)) {
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (IOException reset) {
        // Closed at once: as good an answer.
      }
      assertThat(api.node.delivered()).as(request).isEmpty();
    }
  }

  @Test
  void endlessHeadersCostTheConnection() throws Exception {
    try (Socket socket = api.connect()) {
      socket.getOutputStream().write("GET /livez HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] header = ("X-" + "a".repeat(1_000) + ": b\r\n").getBytes(StandardCharsets.US_ASCII);
      int sent = 0;
      try {
        while (sent < 100_000_000) {
          socket.getOutputStream().write(header);
          sent += header.length;
        }
      } catch (IOException closed) {
        // As it should be.
      }
      assertThat(sent).as("bytes of headers taken").isLessThan(20_000_000);
    }
  }

  @Test
  void crowdThatSaysHalfARequestKeepsNobodyOut() throws Exception {
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        crowd.add(api.say(i % 2 == 0 ? "GET /liv" : "PUT /api/v1/broadcast HTTP/1.1\nHost: lo"));
      }

      assertThat(api.answerTo(http("GET /livez", HOST, CLOSE))).startsWith("HTTP/1.1 200 ");
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }
}
