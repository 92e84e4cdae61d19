package io.pychain.cli.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which network a command is about, and how its nodes are shown.
final class NetworkOptions {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "network",
      description = "Folder of the network; default ./${DEFAULT-VALUE}.")
  private Path dir = Path.of("network");

  NetworkFolder folder() {
    return new NetworkFolder(dir);
  }

  static NodeEntry named(Network network, String name) throws CommandFailure {
    List<String> names = network.nodes().stream().map(NodeEntry::name).toList();
    return network
        .named(name)
        .orElseThrow(() ->
            CommandFailure.wrongUsage(
                "there is no node \"" + name + "\": " + String.join(", ", names)));
  }

  static void print(List<NodeEntry> nodes, PrintWriter out) {
    Table table = new Table("NAME", "GUID", "API", "PEER", "LOGS");
    for (NodeEntry node : nodes) {
      table.row(
          node.name(),
          node.guid().map(String::valueOf).orElse("-"),
          node.api(),
          node.peer(),
          node.logDir());
    }
    table.print(out);
  }

  /// The network as JSON, with how long it took to get there.
  static ObjectNode json(Network network, Optional<Double> seconds) {
    ObjectNode document = network.toJson();
    seconds.ifPresent(value -> document.put("seconds", value));
    return document;
  }
}
