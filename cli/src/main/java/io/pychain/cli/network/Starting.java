package io.pychain.cli.network;

import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import java.util.List;

/// Starts single nodes of a network that runs already.
final class Starting {
  private Starting() {}

  /// Starts these nodes and waits until all that run see each other; they go on without this
  /// process.
  ///
  /// @throws CommandFailure if that does not come to pass; those started are then ended again
  static Network detached(
      NetworkFolder folder, Network network, List<NodeEntry> nodes, Output output)
      throws CommandFailure, InterruptedException {
    Launch launch = new Launch(folder, network, false, output.err());
    try {
      return launch.start(nodes);
    } catch (CommandFailure e) {
      launch.abandon();
      throw e;
    }
  }

  /// These nodes as they are in the network now.
  static List<NodeEntry> among(Network network, List<NodeEntry> nodes) {
    return nodes.stream().map(node -> network.named(node.name()).orElse(node)).toList();
  }
}
