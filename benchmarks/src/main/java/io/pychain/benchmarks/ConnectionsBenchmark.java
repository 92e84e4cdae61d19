package io.pychain.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A node to which a crowd holds connections open that say nothing, or half a word: its memory, and
/// how long the API and a broadcast through it take meanwhile.
final class ConnectionsBenchmark implements Benchmark {
  private static final int CROWD = 5_000;
  private static final int PAGE_BYTES = 4_096;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /// What each of the crowd says.
  private enum Word {
    NOTHING(""),
    HALF_A_KNOCK("\0\0\0\50\10\1"),
    HALF_A_TLS_HELLO("\26\3\1\2\0\1\0"),
    HALF_A_REQUEST("PUT /api/v1/broadcast HTTP/1.1\r\nHost: lo");

    private final String text;

    Word(String text) {
      this.text = text;
    }
  }

  @Override
  public String name() {
    return "connections";
  }

  @Override
  public String what() {
    return CROWD + " idle or half-open connections to each port: memory, API, broadcast";
  }

  @Override
  public boolean runsOnlyByName() {
    return true;
  }

  @Override
  public void run(Report report) throws IOException, InterruptedException {
    report.columns("port", "each says", "open", "memory MiB", "API ms", "broadcast ms");
    try (DevelopmentNetwork network = new DevelopmentNetwork()) {
      try {
        JsonNode nodes = network.start(2).path("nodes");
        measure(report, nodes.path(0), nodes.path(1), "-", Word.NOTHING, 0);
        for (Word word : List.of(Word.NOTHING, Word.HALF_A_KNOCK, Word.HALF_A_TLS_HELLO)) {
          measure(report, nodes.path(0), nodes.path(1), "peer", word, CROWD);
        }
        for (Word word : List.of(Word.NOTHING, Word.HALF_A_REQUEST)) {
          measure(report, nodes.path(0), nodes.path(1), "api", word, CROWD);
        }
        measure(report, nodes.path(0), nodes.path(1), "-", Word.NOTHING, 0);
      } finally {
        network.stop();
      }
    }
  }

  private void measure(
      Report report, JsonNode victim, JsonNode other, String port, Word word, int crowd)
      throws IOException, InterruptedException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < crowd; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(addressOf(victim, port), (int) PATIENCE.toMillis());
        socket.getOutputStream().write(word.text.getBytes(StandardCharsets.ISO_8859_1));
      }
      double api = millis(get(victim, "/status"));
      double broadcast = millis(publish(other));
      report.row(port, word.name(), crowd, memoryMib(victim), api, broadcast);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static InetSocketAddress addressOf(JsonNode node, String port) {
    if (port.equals("api")) {
      URI api = URI.create(node.path("api").asText());
      return new InetSocketAddress(api.getHost(), api.getPort());
    }
    String[] peer = node.path("peer").asText().split(":", -1);
    return new InetSocketAddress(peer[0], Integer.parseInt(peer[1]));
  }

  private static HttpRequest get(JsonNode node, String path) {
    URI uri = URI.create(node.path("api").asText() + "/api/v1" + path);
    return HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
  }

  /// Answered once all members have the message.
  private static HttpRequest publish(JsonNode node) throws IOException {
    String token = Files.readString(Path.of(node.path("api_token_file").asText())).strip();
    URI uri = URI.create(node.path("api").asText() + "/api/v1/broadcast?wait=10");
    return HttpRequest.newBuilder(uri)
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString("{\"data\":1}"))
        .build();
  }

  private double millis(HttpRequest request) throws IOException, InterruptedException {
    long start = System.nanoTime();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer.body());
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double memoryMib(JsonNode node) throws IOException {
    String statm = Files.readString(Path.of("/proc", node.path("pid").asText(), "statm"));
    return Long.parseLong(statm.split(" ", -1)[1]) * PAGE_BYTES / 1048576.0;
  }
}
