package io.pychain.cli.network;

import io.pychain.cli.network.NetworkFolder.Lock;
import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `./run kill NAME`: ends a node as a crash would.
@Command(name = "kill", description = "Kill a node as a crash would (SIGKILL).")
final class KillCommand implements Callable<Integer> {
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
      if (!Stopping.kill(node)) {
        throw CommandFailure.failed(name + " does not run: ./run start " + name + " starts it");
      }
      folder.write(network.with(node.withProcess(Optional.empty())));
      output.print(Json.object().put("killed", name), out -> out.println(name + " is killed"));
    }
    return CommandFailure.DONE;
  }
}
