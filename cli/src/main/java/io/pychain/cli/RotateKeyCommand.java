package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain rotate-key`: from its next start on the node has another key, and the same GUID.
@Command(name = "rotate-key", description = "Give a node another key, from its next start on.")
final class RotateKeyCommand implements Callable<Integer> {
  static final String PATH = ApiOptions.PREFIX + "/key/rotate";

  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  RotateKeyCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode next = api.writer().ask("POST", PATH, Optional.empty());
    output.print(
        next,
        out -> {
          out.println(
              "GUID %s has key %s from epoch %s on"
                  .formatted(
                      next.path("guid").asText(),
                      next.path("public_key").asText(),
                      next.path("epoch").asText()));
          out.println("Restart the node now: until then it goes on with the old key. Then back up");
          out.println("STORAGE_DIR anew: copies of the old key are of no more use to anybody.");
        });
    return CommandFailure.DONE;
  }
}
