package io.pychain.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.ApiClient.Body;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.core.message.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Publishes lines of JSON in requests that the API takes whole: all of a request or none of it.
/// Whatever stops it says how many lines are already published.
final class BulkPublish {
  private static final String PATH = ApiOptions.PREFIX + "/broadcast/bulk";

  /// Lines in one request; far below what the API takes, so that the first are under way soon.
  private static final int LINES_MAX = 1_000;

  /// Characters after which a request is sent though it has fewer lines.
  private static final int LENGTH_MAX = 2 << 20;

  private final ApiClient client;
  private final StringBuilder request = new StringBuilder();
  private final ObjectNode total = Json.object();
  private int waiting;
  private long read;
  private long accepted;

  BulkPublish(ApiClient client) {
    this.client = client;
  }

  /// Publishes all, and returns how many they were and the ids of the first and the last.
  ObjectNode publish(InputStream in) throws CommandFailure {
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      throw stopped("stdin cannot be read: " + e.getMessage());
    }
    flush();
    total.put("accepted", accepted);
    return total;
  }

  private void take(String line) throws CommandFailure {
    read++;
    if (line.isBlank()) {
      return;
    }
    try {
      request.append(Json.dataRequest(line)).append('\n');
    } catch (JsonProcessingException e) {
      throw stopped("line " + read + " is no JSON value");
    }
    waiting++;
    if (waiting == LINES_MAX || request.length() >= LENGTH_MAX) {
      flush();
    }
  }

  private void flush() throws CommandFailure {
    if (waiting == 0) {
      return;
    }
    Body body = new Body("application/x-ndjson", Bytes.utf8(request.toString()));
    try {
      JsonNode answer = client.ask("POST", PATH, Optional.of(body));
      accepted += answer.path("accepted").asLong();
      if (!total.has("first_id")) {
        total.set("first_id", answer.path("first_id"));
      }
      total.set("last_id", answer.path("last_id"));
    } catch (CommandFailure e) {
      throw stopped(String.valueOf(e.getMessage()));
    }
    request.setLength(0);
    waiting = 0;
  }

  private String lastId() {
    return total.path("last_id").asText("none");
  }

  private CommandFailure stopped(String why) {
    return CommandFailure.failed(
        "%s; %d messages before it are published, the last is %s"
            .formatted(why, accepted, lastId()));
  }
}
