package io.pychain.cli.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;

/// A node's HTTP API, asked with patience for nodes that are not there.
final class Api {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int PAGE = 1_000;
  private static final int CREATED = 201;

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final URI base;
  private final Path token;

  Api(URI base, Path storageDir) {
    this.base = base;
    this.token = storageDir.resolve("api-token");
  }

  /// What came back.
  record Answer(int status, String text) {
    JsonNode json() {
      try {
        return Json.parse(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + text, e);
      }
    }

    /// The id of what was published, if it was acknowledged.
    Optional<String> acknowledged() {
      return status == CREATED ? Optional.of(json().path("id").asText()) : Optional.empty();
    }
  }

  /// The answer; empty if there is none, which says nothing about what the node did.
  Optional<Answer> ask(HttpRequest.Builder request, String path) {
    try {
      HttpRequest built = request.uri(base.resolve(path)).timeout(TIMEOUT).build();
      HttpResponse<String> response = HTTP.send(built, BodyHandlers.ofString());
      return Optional.of(new Answer(response.statusCode(), response.body()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<Answer> get(String path) {
    return ask(HttpRequest.newBuilder().GET(), path);
  }

  /// Publishes one JSON value.
  Optional<Answer> publish(String json) {
    return write("PUT", "/api/v1/broadcast", "application/json", "{\"data\":" + json + "}");
  }

  /// Publishes many, all or none.
  Optional<Answer> publishAll(List<String> values) {
    StringBuilder lines = new StringBuilder();
    values.forEach(value -> lines.append("{\"data\":").append(value).append("}\n"));
    return write("POST", "/api/v1/broadcast/bulk", "application/x-ndjson", lines.toString());
  }

  /// Lays down how many messages a second any one member may publish, so many seconds of them at
  /// once.
  Optional<Answer> layDown(int messages, int burst) {
    String limits = "{\"messages_per_second\":%d,\"burst_seconds\":%d}".formatted(messages, burst);
    return write("PUT", "/api/v1/parameters", "application/json", limits);
  }

  /// What the authority has laid down, as the node knows it.
  Optional<Answer> parameters() {
    return get("/api/v1/parameters");
  }

  /// Bans a member.
  Optional<Answer> ban(int guid) {
    return write("PUT", "/api/v1/bans/" + guid, "application/json", "");
  }

  /// Lifts a ban.
  Optional<Answer> unban(int guid) {
    return write("DELETE", "/api/v1/bans/" + guid, "application/json", "");
  }

  /// Asks for another key.
  Optional<Answer> rotateKey() {
    return write("POST", "/api/v1/key/rotate", "application/json", "");
  }

  private Optional<Answer> write(String method, String path, String contentType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofString(body));
    return ask(request, path);
  }

  private String token() {
    try {
      return Files.readString(token).strip();
    } catch (IOException e) {
      throw new AssertionError("the node has not made its token yet: " + token, e);
    }
  }

  /// What the node says of itself, once it has joined.
  Optional<JsonNode> status() {
    return get("/api/v1/status")
        .filter(answer -> answer.status() == 200)
        .map(Answer::json)
        .filter(status -> status.path("node").path("guid").isInt());
  }

  /// What the node says of its members.
  JsonNode nodes() {
    return get("/api/v1/nodes").map(Answer::json).orElseGet(Json::object);
  }

  /// What the node says of its links.
  JsonNode links() {
    return get("/api/v1/links").map(Answer::json).orElseGet(Json::object);
  }

  /// All that the node has delivered since the start of its store, in its order; empty if it does
  /// not answer.
  Optional<List<Delivered>> messages() {
    return messages(0);
  }

  /// The same after an offset.
  Optional<List<Delivered>> messages(long from) {
    List<Delivered> all = new ArrayList<>();
    long after = from;
    while (true) {
      Optional<Answer> page =
          get("/api/v1/messages?after=" + after + "&limit=" + PAGE)
              .filter(answer -> answer.status() == 200);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      JsonNode messages = page.get().json().path("messages");
      messages.forEach(message -> all.add(Delivered.of(message)));
      if (messages.isEmpty()) {
        return Optional.of(all);
      }
      after = page.get().json().path("next").asLong();
    }
  }

  /// The sum of all samples whose line begins so, for example `pychain_refused_total{reason="a`.
  OptionalLong metric(String beginning) {
    return get("/metrics").stream()
        .flatMap(answer -> answer.text().lines())
        .filter(line -> line.startsWith(beginning))
        .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
        .reduce(Long::sum);
  }

  /// The lines of the metrics that begin so, for failures.
  List<String> metricLines(String beginning) {
    return get("/metrics").stream()
        .flatMap(answer -> answer.text().lines())
        .filter(line -> line.startsWith(beginning))
        .toList();
  }
}
