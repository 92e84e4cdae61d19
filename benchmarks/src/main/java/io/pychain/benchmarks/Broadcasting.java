package io.pychain.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// Publishes at nodes that are processes, by their API, and finds out when who had what.
public final class Broadcasting {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  /// A node, as `./run --json` tells of it.
  ///
  /// @param pid of its process
  /// @param api its address
  /// @param token to write with
  public record Node(int guid, long pid, String api, String token) {
    /// All nodes of a network, the boot node first.
    public static List<Node> of(JsonNode network) throws IOException {
      List<Node> nodes = new ArrayList<>();
      for (JsonNode each : network.path("nodes")) {
        String token = Files.readString(Path.of(each.path("api_token_file").asText())).strip();
        nodes.add(
            new Node(
                each.path("guid").asInt(),
                each.path("pid").asLong(),
                each.path("api").asText(),
                token));
      }
      return nodes;
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create(api + "/api/v1" + path))
          .header("Authorization", "Bearer " + token);
    }
  }

  /// One message at one node: how long it took, and whether network sync had to bring it.
  public record Arrival(double millis, boolean repaired) {}

  /// What was published, and what came of it.
  ///
  /// @param expected arrivals, if all came
  public record Outcome(int expected, List<Arrival> arrivals) {
    /// How much of what was expected came.
    public double share() {
      return (double) arrivals.size() / expected;
    }

    /// That quantile of the delays, in milliseconds.
    public double delay(double share) {
      List<Double> sorted = arrivals.stream().map(Arrival::millis).sorted().toList();
      int index = (int) Math.ceil(share * sorted.size()) - 1;
      return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, index));
    }

    /// How much of what came had to be fetched.
    public double repaired() {
      double repaired = arrivals.stream().filter(Arrival::repaired).count();
      return repaired / Math.max(1, arrivals.size());
    }
  }

  /// Asks a node.
  public JsonNode get(Node node, String path) throws IOException, InterruptedException {
    return parse(http.send(node.request(path).build(), BodyHandlers.ofString()).body());
  }

  /// Publishes at each of these nodes in turn, and waits until all of them have all of it.
  public Outcome measure(List<Node> nodes, int count, Duration between)
      throws IOException, InterruptedException {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    for (Node node : nodes) {
      offsets.put(node.guid(), get(node, "/status").path("messages").path("last_offset").asLong());
    }
    TreeSet<String> published = publish(nodes, count, between);
    return new Outcome(published.size() * nodes.size(), arrivals(nodes, offsets, published));
  }

  /// Publishes at each of these nodes in turn.
  ///
  /// @return the ids
  public TreeSet<String> publish(List<Node> nodes, int count, Duration between)
      throws InterruptedException {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpRequest put =
          nodes
              .get(i % nodes.size())
              .request("/broadcast")
              .PUT(HttpRequest.BodyPublishers.ofString("{\"data\":" + i + "}"))
              .header("Content-Type", "application/json")
              .build();
      answers.add(http.sendAsync(put, BodyHandlers.ofString()).thenApply(answer -> answer.body()));
      Thread.sleep(between);
    }
    TreeSet<String> ids = new TreeSet<>();
    for (CompletableFuture<String> answer : answers) {
      ids.add(parse(answer.join()).path("id").asText());
    }
    return ids;
  }

  private List<Arrival> arrivals(
      List<Node> nodes, TreeMap<Integer, Long> offsets, TreeSet<String> published)
      throws IOException, InterruptedException {
    List<Arrival> arrivals = new ArrayList<>();
    Instant latest = Instant.now().plus(PATIENCE);
    while (arrivals.size() < published.size() * nodes.size() && Instant.now().isBefore(latest)) {
      Thread.sleep(BETWEEN_LOOKS);
      for (Node node : nodes) {
        JsonNode page = get(node, "/messages?limit=1000&after=" + offsets.get(node.guid()));
        for (JsonNode message : page.path("messages")) {
          if (published.contains(message.path("id").asText())) {
            arrivals.add(arrival(message));
          }
        }
        offsets.put(node.guid(), page.path("next").asLong());
      }
    }
    return arrivals;
  }

  private static Arrival arrival(JsonNode message) {
    double seconds =
        message.path("received_timestamp").asDouble()
            - message.path("broadcast_timestamp").asDouble();
    return new Arrival(seconds * 1_000, message.path("via").asText().equals("sync"));
  }

  private JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (IOException notJson) {
      throw new IllegalStateException("not JSON: " + text, notJson);
    }
  }
}
