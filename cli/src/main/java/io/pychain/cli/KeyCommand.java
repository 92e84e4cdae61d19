package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain key`: the keys of a running node, and what to hand to newcomers.
@Command(
    name = "key",
    description = "Show a node's public key, the authority's, and BOOT_NODE for newcomers.")
final class KeyCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  KeyCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode status = api.reader().get(ApiOptions.PREFIX + "/status");
    JsonNode node = status.path("node");
    String authority = status.path("network").path("authority_key").asText();
    boolean admits = node.path("role").asText().equals("boot");
    ObjectNode keys = Json.object();
    keys.put("public_key", node.path("public_key").asText()).put("authority_key", authority);
    keys.put("boot_node", admits ? authority + "@" + node.path("address").asText() : null);
    output.print(keys, out -> out.print(text(keys, admits)));
    return CommandFailure.DONE;
  }

  private static String text(ObjectNode keys, boolean admits) {
    String pinned =
        admits ? keys.path("boot_node").asText() : "(only a boot node admits: ask one for its key)";
    return "public key     %s%nauthority key  %s%nBOOT_NODE      %s%n"
        .formatted(keys.path("public_key").asText(), keys.path("authority_key").asText(), pinned);
  }
}
