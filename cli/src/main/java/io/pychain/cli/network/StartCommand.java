package io.pychain.cli.network;

import io.pychain.cli.network.NetworkFolder.Lock;
import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `./run start NAME`: starts a node again on its own storage.
@Command(name = "start", description = "Start a stopped or killed node again on its own storage.")
final class StartCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final NetworkOptions options = new NetworkOptions();

  @Parameters(paramLabel = "NAME", description = "As in ./run status.")
  private String name = "";

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    NetworkFolder folder = options.folder();
    try (Lock _ = folder.lock()) {
      Network network = folder.require();
      NodeEntry node = NetworkOptions.named(network, name);
      if (node.alive().isPresent()) {
        throw CommandFailure.failed(name + " runs already: ./run kill " + name + " ends it");
      }
      List<NodeEntry> nodes = List.of(Plan.again(folder, network, node));
      Network started = Starting.detached(folder, network.with(nodes.getFirst()), nodes, output);
      output.print(
          NetworkOptions.json(started, Optional.empty()),
          out -> NetworkOptions.print(Starting.among(started, nodes), out));
    }
    return CommandFailure.DONE;
  }
}
