package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain status`: what a node says of itself.
@Command(name = "status", description = "Show how a node is: its network, members, messages, sync.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  StatusCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode status = api.reader().get(ApiOptions.PREFIX + "/status");
    output.print(status, out -> print(status, out));
    return CommandFailure.DONE;
  }

  private static void print(JsonNode status, PrintWriter out) {
    JsonNode network = status.path("network");
    JsonNode node = status.path("node");
    JsonNode members = status.path("members");
    JsonNode messages = status.path("messages");
    out.printf("network   %s %s%n", network.path("name").asText(), network.path("id").asText());
    out.printf("authority %s%n", network.path("authority_key").asText());
    out.printf(
        "node      GUID %s, %s, version %s, at %s%n",
        node.path("guid").asText(),
        node.path("role").asText(),
        node.path("version").asText(),
        node.path("address").asText());
    out.printf(
        "members   %s alive, %s suspect, %s dead, %s left, %s revoked%n",
        members.path("alive").asText(),
        members.path("suspect").asText(),
        members.path("dead").asText(),
        members.path("left").asText(),
        members.path("revoked").asText("0"));
    out.printf("links     %s%n", status.path("links").asText());
    out.printf(
        "messages  %s held, %s published, %s delivered, last offset %s%n",
        messages.path("held").asText(),
        messages.path("published").asText(),
        messages.path("delivered").asText(),
        messages.path("last_offset").asText());
    out.printf("behind    %s%n", status.path("sync").path("behind").asText());
  }
}
