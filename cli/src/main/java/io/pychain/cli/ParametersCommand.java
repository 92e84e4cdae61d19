package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pychain parameters`: what the authority has laid down for all members, and laying it down.
@Command(
    name = "parameters",
    description = {
      "Show how much any one member of the network may publish,",
      "or lay it down, by a boot node."
    })
final class ParametersCommand implements Callable<Integer> {
  private static final String PATH = ApiOptions.PREFIX + "/parameters";

  @Option(
      names = "--messages-per-second",
      paramLabel = "N",
      description = "messages of any one member in the long run; 0: any number")
  private @Nullable Long messages;

  @Option(
      names = "--bytes-per-second",
      paramLabel = "N",
      description = "their bytes, 64 more for each message; 0: any number")
  private @Nullable Long bytes;

  @Option(
      names = "--burst",
      paramLabel = "SECONDS",
      description = "seconds of these rates that may come at once, 1 to 3600")
  private @Nullable Long burst;

  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  ParametersCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    boolean isQuestion = messages == null && bytes == null && burst == null;
    JsonNode held = isQuestion ? api.reader().get(PATH) : layDown();
    output.print(held, out -> print(held, out));
    return CommandFailure.DONE;
  }

  /// What is not named stays as it is.
  private JsonNode layDown() throws CommandFailure {
    ApiClient client = api.writer();
    ObjectNode wanted = (ObjectNode) client.get(PATH);
    wanted.remove("number");
    putRate(wanted, "messages_per_second", messages);
    putRate(wanted, "bytes_per_second", bytes);
    if (burst != null) {
      wanted.put("burst_seconds", burst);
    }
    return client.ask("PUT", PATH, Optional.of(ApiClient.Body.json(wanted.toString())));
  }

  private static void putRate(ObjectNode wanted, String name, @Nullable Long value) {
    if (value != null && value == 0) {
      wanted.putNull(name);
    } else if (value != null) {
      wanted.put(name, value);
    }
  }

  private static void print(JsonNode held, PrintWriter out) {
    Table table = new Table("MESSAGES/S", "BYTES/S", "BURST S");
    table.row(
        held.path("messages_per_second").asText("any"),
        held.path("bytes_per_second").asText("any"),
        held.path("burst_seconds").asText());
    table.print(out);
  }
}
