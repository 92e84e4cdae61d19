package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain sync`: one full network sync now.
@Command(name = "sync", description = "Compare with peers now; tells what that changed.")
final class SyncCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  SyncCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode synced = api.writer().post(ApiOptions.PREFIX + "/sync");
    output.print(synced, out -> out.println(Json.indented(synced)));
    return CommandFailure.DONE;
  }
}
