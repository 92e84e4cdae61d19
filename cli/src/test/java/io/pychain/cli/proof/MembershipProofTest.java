package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever answers 200 is not a peer for that: `pychain verify` believes keys only.
class MembershipProofTest {
  @TempDir Path dir;

  @Test
  void memberProvesItselfToWhomeverKnowsTheAuthorityAndNobodyElseDoes() throws Exception {
    try (ProcessNetwork network = ProcessNetwork.running(dir, 1)) {
      ProcessNode client = network.nodes().get(1);
      String authority = client.pinned().split("@", 2)[0];
      String recorded = status(client.url() + "/api/v1/status?nonce=" + "00".repeat(32));

      Program.Ended member = verify(client.url(), authority);
      assertThat(member.code()).as(member.err()).isZero();
      assertThat(member.out())
          .contains("\"guid\":" + client.guid() + ",", "\"" + client.publicKey() + "\"");

      assertRefuted(verify(client.url(), "ab".repeat(32)), "not signed by this authority");
      try (Impostor replay = new Impostor(recorded);
          Impostor other = new Impostor("{\"status\":\"ok\"}")) {
        assertRefuted(verify(replay.url(), authority), "another question");
        assertRefuted(verify(other.url(), authority), "proves nothing");
      }
    }
  }

  private static Program.Ended verify(String url, String authority) {
    return Program.run(Map.of(), "verify", url, "--authority", authority, "--json");
  }

  private static void assertRefuted(Program.Ended ended, String reason) {
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.errLines()).singleElement().asString().contains(reason);
  }

  private static String status(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  /// A web server that answers everything with the same words.
  private static final class Impostor implements AutoCloseable {
    private final HttpServer server;

    Impostor(String words) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            byte[] body = words.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
