package io.pychain.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import io.pychain.cli.terminal.ProgressBar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// Watches who gets a message: a bar that grows, where a terminal shows it, and in the end a line
/// that says `5/5`, or who is missing.
final class CoverageWatch {
  /// How long it waits unless told otherwise, in seconds.
  static final String WAIT_SECONDS = "10";

  /// Longest wait that the API takes, in seconds.
  private static final double WAIT_SECONDS_MAX = 60;

  /// Lets `--wait` have a value only as `--wait=5`: the word after a bare `--wait` is what is to be
  /// published.
  static final class AttachedValue implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        words.push(WAIT_SECONDS);
      }
      return false;
    }
  }

  private final ApiClient client;
  private final ProgressBar bar;

  CoverageWatch(ApiClient client, Output output) {
    this.client = client;
    this.bar = ProgressBar.on(output);
  }

  /// Checks what was given on the command line.
  static double wait(double seconds) throws CommandFailure {
    if (seconds >= 0 && seconds <= WAIT_SECONDS_MAX) {
      return seconds;
    }
    throw CommandFailure.wrongUsage("a wait is a number of seconds from 0 to 60, such as 2.5");
  }

  /// Watches until all have it or the wait is over.
  ///
  /// @return what is known then: `reached`, `members`, `missing`
  ObjectNode watch(String id, double seconds) throws CommandFailure {
    String path = ApiOptions.PREFIX + "/messages/" + id + "/coverage/stream?wait=" + seconds;
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(client.stream(path), StandardCharsets.UTF_8))) {
      return follow(events, id);
    } catch (IOException e) {
      throw brokenOff(id);
    } finally {
      bar.clear();
    }
  }

  private ObjectNode follow(BufferedReader events, String id) throws IOException, CommandFailure {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("data:")) {
        JsonNode known = read(line.substring("data:".length()), id);
        bar.show(known.path("reached").asInt(), known.path("members").asInt());
        if (known.path("done").asBoolean() && known instanceof ObjectNode end) {
          end.remove("done");
          return end;
        }
      }
    }
    throw brokenOff(id);
  }

  private static JsonNode read(String event, String id) throws CommandFailure {
    try {
      return Json.parse(event);
    } catch (JsonProcessingException e) {
      throw brokenOff(id);
    }
  }

  private static CommandFailure brokenOff(String id) {
    return CommandFailure.failed(
        "%s is published, and the node broke off before it told who has it: pychain coverage %s"
            .formatted(id, id));
  }

  /// The last line, for people: `5/5`, or `3/5, missing 2 4`.
  static String summary(JsonNode coverage) {
    int reached = coverage.path("reached").asInt();
    int members = coverage.path("members").asInt();
    List<String> words = new ArrayList<>();
    coverage.path("missing").forEach(guid -> words.add(guid.asText()));
    int unnamed = members - reached - words.size();
    if (unnamed > 0) {
      words.add("and " + unnamed + " more");
    }
    String counts = reached + "/" + members;
    return words.isEmpty() ? counts : counts + ", missing " + String.join(" ", words);
  }

  /// Done if everybody has it.
  static int exitCode(JsonNode coverage) {
    boolean complete = coverage.path("reached").asInt() == coverage.path("members").asInt();
    return complete ? CommandFailure.DONE : CommandFailure.FAILED;
  }
}
