package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain bans`: who is banned, as far as a node knows.
@Command(name = "bans", description = "List who is banned from the network.")
final class BansCommand implements Callable<Integer> {
  static final String PATH = ApiOptions.PREFIX + "/bans";

  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  BansCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode bans = api.reader().get(PATH);
    output.print(bans, out -> print(bans.path("bans"), out));
    return CommandFailure.DONE;
  }

  private static void print(JsonNode bans, PrintWriter out) {
    Table table = new Table("GUID", "SINCE", "UP TO EPOCH", "KEY");
    for (JsonNode ban : bans) {
      table.row(
          ban.path("guid").asText(),
          Times.shown(ban.path("since_timestamp")),
          ban.path("epoch").asText(),
          ban.path("public_key").asText());
    }
    table.print(out);
  }
}
