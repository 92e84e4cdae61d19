package io.pychain.cli.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.network.StatusPoll.Status;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import io.pychain.cli.terminal.Table;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `./run status`: which nodes run and how many members each sees.
@Command(name = "status", description = "Show which nodes run and what they see.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final NetworkOptions options = new NetworkOptions();

  @Override
  public Integer call() throws CommandFailure {
    Network network = options.folder().require();
    ObjectNode document = Json.object();
    ArrayNode list = document.putArray("nodes");
    Table table = new Table("NAME", "GUID", "STATE", "PID", "MEMBERS ALIVE", "API", "LOGS");
    for (NodeEntry node : network.nodes()) {
      boolean runs = node.alive().isPresent();
      Optional<Status> status = runs ? StatusPoll.ask(node) : Optional.empty();
      String state = runs ? status.isPresent() ? "running" : "not answering" : "stopped";
      ObjectNode entry = node.toJson().put("state", state);
      entry.put("members_alive", status.map(Status::alive).orElse(null));
      list.add(runs ? entry : entry.putNull("pid"));
      table.row(
          node.name(),
          entry.path("guid").asText("-"),
          state,
          entry.path("pid").asText("-"),
          entry.path("members_alive").asText("-"),
          node.api(),
          node.logDir());
    }
    output.print(document, table::print);
    return CommandFailure.DONE;
  }
}
