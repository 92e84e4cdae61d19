package io.pychain.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pychain messages`: what a node has delivered, in its order.
@Command(
    name = "messages",
    description = "Print the messages that a node has delivered, in its order, one a line.")
final class MessagesCommand implements Callable<Integer> {
  private static final String PATH = ApiOptions.PREFIX + "/messages";

  /// Messages asked for at once.
  private static final int PAGE = 500;

  /// Pause before a broken stream is opened again.
  private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);

  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  @Option(
      names = "--after",
      paramLabel = "OFFSET",
      description = "Only those after this offset; default 0, all that are held.")
  private long after;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many; default all.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--origin", paramLabel = "GUID", description = "Only those of this member.")
  private @Nullable Integer origin;

  @Option(
      names = "--follow",
      description = "Go on with what comes, until Ctrl-C; a lost connection is opened again.")
  private boolean follow;

  MessagesCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (after < 0 || limit < 1 || (origin != null && origin < 0)) {
      throw CommandFailure.wrongUsage("--after and --origin are 0 or more, --limit is 1 or more");
    }
    ApiClient client = api.reader();
    long printed = printHeld(client);
    if (follow && printed < limit) {
      follow(client, limit - printed);
    }
    return CommandFailure.DONE;
  }

  private long printHeld(ApiClient client) throws CommandFailure {
    long printed = 0;
    while (printed < limit) {
      String query = "?after=" + after + "&limit=" + Math.min(PAGE, limit - printed);
      JsonNode page = client.get(PATH + query + (origin == null ? "" : "&origin=" + origin));
      page.path("messages").forEach(this::print);
      int count = page.path("messages").size();
      printed += count;
      after = Math.max(after, page.path("next").asLong(after));
      output.out().flush();
      if (count == 0) {
        break;
      }
    }
    return printed;
  }

  private void follow(ApiClient client, long wanted) throws CommandFailure, InterruptedException {
    long left = wanted;
    while (left > 0) {
      InputStream stream = client.stream(PATH + "/stream?after=" + after);
      try (BufferedReader events =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        left = printEvents(events, left);
      } catch (IOException e) {
        output.err().println("the stream broke off after offset " + after + ": opened again");
      }
      if (left > 0) {
        Thread.sleep(RECONNECT_PAUSE);
      }
    }
  }

  /// Server-sent events: an `id:` and a `data:` line, and an empty line that ends the event.
  private long printEvents(BufferedReader events, long wanted) throws IOException {
    long left = wanted;
    for (String line = events.readLine(); line != null && left > 0; line = events.readLine()) {
      Optional<JsonNode> message = line.startsWith("data:") ? read(line) : Optional.empty();
      if (message.isPresent()) {
        after = message.get().path("offset").asLong(after);
        if (isWanted(message.get())) {
          print(message.get());
          left--;
        }
        output.out().flush();
      }
    }
    return left;
  }

  private static Optional<JsonNode> read(String line) {
    try {
      return Optional.of(Json.parse(line.substring("data:".length())));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private boolean isWanted(JsonNode message) {
    return origin == null || message.path("origin").path("guid").asInt(-1) == origin;
  }

  private void print(JsonNode message) {
    if (output.isJson()) {
      output.out().println(Json.line(message));
      return;
    }
    String payload =
        message.has("data")
            ? Json.line(message.path("data"))
            : message.path("content_type").asText() + " " + message.path("data_base64").asText();
    output
        .out()
        .printf(
            "%s %s %s %s%n",
            message.path("offset").asText(),
            message.path("id").asText(),
            Times.shown(message.path("broadcast_timestamp")),
            payload);
  }
}
