package io.pychain.cli.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.network.Stopping.Stopped;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `./run stop`: ends every node of the network, whoever started it.
@Command(name = "stop", description = "Stop all nodes; their GUIDs and messages stay.")
final class StopCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final NetworkOptions options = new NetworkOptions();

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    NetworkFolder folder = options.folder();
    Stopped stopped = Stopping.stop(folder.require());
    folder.write(stopped.network());
    ObjectNode document = Json.object();
    stopped.stopped().forEach(document.putArray("stopped")::add);
    stopped.killed().forEach(document.putArray("killed")::add);
    output.print(
        document,
        out -> {
          out.printf("%d nodes stopped%n", stopped.stopped().size());
          stopped.killed().forEach(name -> out.println(name + " did not stop and was killed"));
        });
    return CommandFailure.DONE;
  }
}
