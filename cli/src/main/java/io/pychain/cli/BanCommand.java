package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pychain ban GUID`: everybody cuts the links to a member and takes nothing more of it.
@Command(name = "ban", description = "Ban a member from the network (at a boot node).")
final class BanCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  @Parameters(paramLabel = "GUID", description = "Whom; see pychain nodes.")
  private int guid;

  @Option(names = "--force", description = "Even if it is another boot node.")
  private boolean force;

  BanCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    String path = BansCommand.PATH + "/" + guid + (force ? "?force=true" : "");
    JsonNode ruling = api.writer().ask("PUT", path, Optional.empty());
    output.print(ruling, out -> out.println("GUID " + guid + " is banned"));
    return CommandFailure.DONE;
  }
}
