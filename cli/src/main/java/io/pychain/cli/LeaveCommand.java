package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain leave`: the node leaves the network and stops.
@Command(name = "leave", description = "Make a node leave the network gracefully and stop.")
final class LeaveCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  LeaveCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode left = api.writer().post(ApiOptions.PREFIX + "/leave");
    output.print(left, out -> out.println("the node leaves and stops"));
    return CommandFailure.DONE;
  }
}
