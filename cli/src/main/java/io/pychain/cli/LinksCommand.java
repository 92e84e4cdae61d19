package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain links`: the connections that a node holds.
@Command(name = "links", description = "List the links of a node and what they have carried.")
final class LinksCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  LinksCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode links = api.reader().get(ApiOptions.PREFIX + "/links");
    output.print(links, out -> print(links, out));
    return CommandFailure.DONE;
  }

  private static void print(JsonNode links, PrintWriter out) {
    Table table =
        new Table("GUID", "KIND", "PROTOCOL", "RTT MS", "SENT", "RECEIVED", "QUEUED", "SINCE");
    for (JsonNode link : links) {
      table.row(
          link.path("guid").asText(),
          kinds(link.path("kind")),
          link.path("protocol").asText(),
          link.path("rtt_ms").isNumber() ? link.path("rtt_ms").asText() : "-",
          link.path("sent_bytes").asText(),
          link.path("received_bytes").asText(),
          link.path("queued_bytes").asText(),
          Times.shown(link.path("since_timestamp")));
    }
    table.print(out);
  }

  private static String kinds(JsonNode kinds) {
    StringJoiner joined = new StringJoiner(",");
    kinds.forEach(kind -> joined.add(kind.asText()));
    return joined.toString();
  }
}
