package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pychain unban GUID`: a member may come back, and does so by itself.
@Command(name = "unban", description = "Lift the ban of a member (at a boot node).")
final class UnbanCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  @Parameters(paramLabel = "GUID", description = "Whose; see pychain bans.")
  private int guid;

  UnbanCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    String path = BansCommand.PATH + "/" + guid;
    JsonNode ruling = api.writer().ask("DELETE", path, Optional.empty());
    output.print(
        ruling, out -> out.println("GUID " + guid + " may come back, within half a minute or so"));
    return CommandFailure.DONE;
  }
}
