package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain nodes`: the members that a node knows.
@Command(name = "nodes", description = "List the members of the network that a node knows.")
final class NodesCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  NodesCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode nodes = api.reader().get(ApiOptions.PREFIX + "/nodes");
    output.print(nodes, out -> print(nodes.path("nodes"), out));
    return CommandFailure.DONE;
  }

  private static void print(JsonNode nodes, PrintWriter out) {
    Table table =
        new Table(
            "GUID", "ROLE", "STATE", "ADDRESS", "LINKED", "LAST HEARD", "UNRESPONSIVE", "VERSION");
    for (JsonNode node : nodes) {
      table.row(
          node.path("guid").asText(),
          node.path("role").asText(),
          state(node),
          node.path("address").asText("-"),
          node.path("linked").asBoolean() ? "yes" : "no",
          Times.shown(node.path("last_heard_timestamp")),
          node.path("unresponsive_count").asText("0"),
          node.path("version").asText());
    }
    table.print(out);
  }

  private static String state(JsonNode node) {
    return node.path("state").asText()
        + (node.path("forked").asBoolean() ? ", forked" : "")
        + (node.path("away_until_timestamp").isTextual() ? ", misbehaved" : "");
  }
}
