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

/// `./run add [N]`: adds clients to a running network.
@Command(name = "add", description = "Add N clients (1 if not said) to the network.")
final class AddCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final NetworkOptions options = new NetworkOptions();

  @Parameters(arity = "0..1", paramLabel = "N", description = "How many; default 1.")
  private int clients = 1;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    NetworkFolder folder = options.folder();
    try (Lock _ = folder.lock()) {
      Network network = folder.require();
      if (network.alive().isEmpty()) {
        throw CommandFailure.failed(
            "no node of " + folder.dir() + " runs: start the network with ./run N first");
      }
      List<NodeEntry> added = Plan.more(folder, network, clients);
      Network grown = Starting.detached(folder, network.plus(added), added, output);
      output.print(
          NetworkOptions.json(grown, Optional.empty()),
          out -> NetworkOptions.print(Starting.among(grown, added), out));
    }
    return CommandFailure.DONE;
  }
}
