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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// What most of a network feels when half of it dies: of 32 processes 16 are killed at once, and
/// the living broadcast from the same moment on, a message every 20 ms. How soon all of them have
/// all, and know all the dead.
///
/// The network has worked for a while before: processes that have just started run bytecode that
/// nobody has compiled yet, and two cores that compile for 32 of them are a figure of its own.
final class DeathBenchmark implements Benchmark {
  private static final int CLIENTS = 31;
  private static final int VICTIMS = 16;
  private static final int MESSAGES = 50;
  private static final int MESSAGES_BEFORE = 3_000;
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  private record Node(int guid, long pid, String api, String token) {
    HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create(api + "/api/v1" + path))
          .header("Authorization", "Bearer " + token);
    }
  }

  /// One message at one node: how long it took, and whether network sync had to bring it.
  private record Arrival(double millis, boolean repaired) {}

  @Override
  public String name() {
    return "death";
  }

  @Override
  public String what() {
    return "./run 31, 16 killed at once, 50 messages/s from the living: share, delays, dead known";
  }

  @Override
  public boolean runsOnlyByName() {
    return true;
  }

  @Override
  public void run(Report report) throws IOException, InterruptedException {
    report.columns(
        "killed", "living", "share", "p50_ms", "p99_ms", "max_ms", "by_sync", "all_known_dead_s");
    try (DevelopmentNetwork network = new DevelopmentNetwork()) {
      try {
        measure(report, network.start(CLIENTS));
      } finally {
        network.stop();
      }
    }
  }

  private void measure(Report report, JsonNode network) throws IOException, InterruptedException {
    List<Node> living = new ArrayList<>();
    for (JsonNode each : network.path("nodes")) {
      String token = Files.readString(Path.of(each.path("api_token_file").asText())).strip();
      living.add(
          new Node(
              each.path("guid").asInt(),
              each.path("pid").asLong(),
              each.path("api").asText(),
              token));
    }
    List<Node> clients = living.subList(1, living.size());
    Collections.shuffle(clients, new Random(1));
    List<Node> victims = List.copyOf(clients.subList(0, VICTIMS));
    living.removeAll(victims);
    publish(living, MESSAGES_BEFORE);
    Thread.sleep(REST);
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    for (Node node : living) {
      offsets.put(node.guid(), get(node, "/status").path("messages").path("last_offset").asLong());
    }

    victims.forEach(
        victim -> ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly));
    Instant killed = Instant.now();
    TreeSet<String> published = publish(living, MESSAGES);

    List<Arrival> arrivals = arrivals(living, offsets, published);
    double known = untilAllAreKnownDead(living, victims, killed);
    List<Double> delays = arrivals.stream().map(Arrival::millis).sorted().toList();
    double repaired = arrivals.stream().filter(Arrival::repaired).count();
    report.row(
        VICTIMS,
        living.size(),
        (double) arrivals.size() / (published.size() * living.size()),
        quantile(delays, 0.5),
        quantile(delays, 0.99),
        quantile(delays, 1),
        repaired / Math.max(1, arrivals.size()),
        known);
  }

  private TreeSet<String> publish(List<Node> nodes, int count) throws InterruptedException {
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
      Thread.sleep(BETWEEN_MESSAGES);
    }
    TreeSet<String> ids = new TreeSet<>();
    for (CompletableFuture<String> answer : answers) {
      ids.add(parse(answer.join()).path("id").asText());
    }
    return ids;
  }

  private List<Arrival> arrivals(
      List<Node> living, TreeMap<Integer, Long> offsets, TreeSet<String> published)
      throws IOException, InterruptedException {
    List<Arrival> arrivals = new ArrayList<>();
    Instant latest = Instant.now().plus(PATIENCE);
    while (arrivals.size() < published.size() * living.size() && Instant.now().isBefore(latest)) {
      Thread.sleep(BETWEEN_LOOKS);
      for (Node node : living) {
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

  /// @return seconds, or NaN if it took longer than anybody would wait
  private double untilAllAreKnownDead(List<Node> living, List<Node> victims, Instant killed)
      throws IOException, InterruptedException {
    Instant latest = killed.plus(PATIENCE);
    while (Instant.now().isBefore(latest)) {
      boolean all = true;
      for (Node node : living) {
        all &= knowsDead(node) >= victims.size();
      }
      if (all) {
        return Duration.between(killed, Instant.now()).toMillis() / 1_000.0;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    return Double.NaN;
  }

  private int knowsDead(Node node) throws IOException, InterruptedException {
    return get(node, "/status").path("members").path("dead").asInt();
  }

  private JsonNode get(Node node, String path) throws IOException, InterruptedException {
    return parse(http.send(node.request(path).build(), BodyHandlers.ofString()).body());
  }

  private JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (IOException notJson) {
      throw new IllegalStateException("not JSON: " + text, notJson);
    }
  }

  private static double quantile(List<Double> sorted, double share) {
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, index));
  }
}
