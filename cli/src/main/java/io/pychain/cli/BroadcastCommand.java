package io.pychain.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pychain.cli.terminal.ApiClient.Body;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import io.pychain.core.message.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pychain broadcast`: publishes at a node, from the command line, a file or stdin.
@Command(
    name = "broadcast",
    description = "Publish to every node. Returns once the message is durable where it was sent.",
    footer = {
      "",
      "Examples:",
      "  pychain broadcast '{\"any\":\"json\"}'",
      "  pychain broadcast --event DEAD_PEER guid=1",
      "  pychain broadcast --file photo.jpg --content-type image/jpeg",
      "  pychain broadcast --lines < values.ndjson",
      "  pychain broadcast --wait=5 '{\"who\":\"has it\"}'"
    })
final class BroadcastCommand implements Callable<Integer> {
  private static final String PATH = ApiOptions.PREFIX + "/broadcast";

  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;
  private final InputStream in;

  @Parameters(
      arity = "0..*",
      paramLabel = "JSON|NAME=VALUE",
      description = "One JSON value; with --event, the event's arguments.")
  private List<String> words = List.of();

  @Option(
      names = "--event",
      paramLabel = "NAME",
      description = "Publish an event of this name; its arguments follow as NAME=VALUE.")
  private @Nullable String event;

  @Option(names = "--file", paramLabel = "FILE", description = "Publish the bytes of a file.")
  private @Nullable Path file;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      defaultValue = "application/octet-stream",
      description = "What the bytes of --file are; default ${DEFAULT-VALUE}.")
  private String contentType = "";

  @Option(
      names = "--lines",
      description = "Publish each line of stdin, a JSON value, as a message of its own.")
  private boolean lines;

  @Option(
      names = "--wait",
      arity = "0..1",
      paramLabel = "SECONDS",
      fallbackValue = CoverageWatch.WAIT_SECONDS,
      preprocessor = CoverageWatch.AttachedValue.class,
      description = {
        "Wait until every member has it, ${FALLBACK-VALUE} seconds unless given as --wait=SECONDS;",
        "exit 1 if somebody is missing then."
      })
  private @Nullable Double wait;

  BroadcastCommand(Map<String, String> environment, InputStream in) {
    this.api = new ApiOptions(environment);
    this.in = in;
  }

  @Override
  public Integer call() throws CommandFailure {
    checkForm();
    if (lines) {
      ObjectNode total = new BulkPublish(api.writer()).publish(in);
      return told(
          total,
          "last_id",
          "published %d messages, the last is ".formatted(total.path("accepted").asLong()));
    }
    Body body = body();
    JsonNode published = api.writer().ask("PUT", PATH, Optional.of(body));
    return told(published, "id", "published ");
  }

  /// Prints what was published and, if wanted, who has it.
  private int told(JsonNode published, String idName, String text) throws CommandFailure {
    String id = published.path(idName).asText("none");
    if (wait == null || id.equals("none")) {
      output.print(published, out -> out.println(text + id));
      return CommandFailure.DONE;
    }
    if (!output.isJson()) {
      output.print(published, out -> out.println(text + id));
    }
    ObjectNode coverage = new CoverageWatch(api.reader(), output).watch(id, wait);
    ObjectNode all = published.deepCopy();
    all.set("coverage", coverage);
    output.print(all, out -> out.println(CoverageWatch.summary(coverage)));
    return CoverageWatch.exitCode(coverage);
  }

  private void checkForm() throws CommandFailure {
    boolean value = event == null && !words.isEmpty();
    long forms = Stream.of(event != null, file != null, lines, value).filter(form -> form).count();
    if (forms != 1 || (value && words.size() != 1)) {
      throw CommandFailure.wrongUsage(
          "give exactly one of a JSON value (in quotes), --event NAME, --file FILE and --lines");
    }
    if (wait != null) {
      CoverageWatch.wait(wait);
    }
  }

  private Body body() throws CommandFailure {
    if (file != null) {
      return new Body(contentType, Bytes.wrap(bytesOf(file)));
    }
    if (event != null) {
      ObjectNode body = Json.object();
      body.putObject("event").put("name", event).set("args", arguments());
      return Body.json(Json.line(body));
    }
    return Body.json(data(words.getFirst()));
  }

  private static byte[] bytesOf(Path file) throws CommandFailure {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "%s cannot be read: %s".formatted(file, e.getClass().getSimpleName()));
    }
  }

  /// A value is JSON where it reads as such, and a text where not: `guid=1` is a number.
  private ObjectNode arguments() throws CommandFailure {
    ObjectNode arguments = Json.object();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw CommandFailure.wrongUsage(
            "\"" + word + "\" is not allowed: an argument of an event is NAME=VALUE");
      }
      arguments.set(word.substring(0, equals), valueOrText(word.substring(equals + 1)));
    }
    return arguments;
  }

  private static JsonNode valueOrText(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  private static String data(String text) throws CommandFailure {
    try {
      return Json.dataRequest(text);
    } catch (JsonProcessingException e) {
      throw CommandFailure.wrongUsage(
          "no JSON value: %s; a text needs its own quotes: '\"%s\"'"
              .formatted(e.getOriginalMessage().lines().findFirst().orElse(""), text));
    }
  }
}
