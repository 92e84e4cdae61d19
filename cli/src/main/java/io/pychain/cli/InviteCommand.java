package io.pychain.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.Mandate;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.keys.BootRights;
import io.pychain.node.keys.InviteToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pychain invite`: invitations, signed with the authority's key, each for one newcomer.
///
/// Needs the file of that key, or the delegation to the boot node and its key, and so runs where a
/// boot node's STORAGE_DIR is. The node itself is asked for the name of its network only, and need
/// not be told of what is made here.
@Command(
    name = "invite",
    description = "Make invitations by which newcomers join (at a boot node, as its user).")
final class InviteCommand implements Callable<Integer> {
  private static final int DAYS_MAX = 3_650;
  private static final int COUNT_MAX = 10_000;

  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      defaultValue = "7",
      description = "How long it holds; default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--count",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "How many; default: ${DEFAULT-VALUE}.")
  private int count;

  InviteCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    require("--days", days, DAYS_MAX);
    require("--count", count, COUNT_MAX);
    NetworkInfo network = network();
    Mandate mandate = mandate(network);
    Instant until = Instant.now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
    ObjectNode all = Json.object();
    ArrayNode invites = all.putArray("invites");
    for (int i = 0; i < count; i++) {
      invites.add(described(InviteToken.make(network, until, mandate)));
    }
    output.print(
        all, out -> invites.forEach(invite -> out.println(invite.path("invite").asText())));
    return CommandFailure.DONE;
  }

  private static void require(String option, int value, int max) throws CommandFailure {
    if (value < 1 || value > max) {
      throw CommandFailure.wrongUsage(
          "%s=%d is not allowed: a number from 1 to %d".formatted(option, value, max));
    }
  }

  /// The network of the node.
  private NetworkInfo network() throws CommandFailure {
    JsonNode network = api.reader().get(ApiOptions.PREFIX + "/status").path("network");
    return new NetworkInfo(
        network.path("name").asText(), NodeKey.fromHex(network.path("authority_key").asText()));
  }

  private Mandate mandate(NetworkInfo network) throws CommandFailure {
    NodeConfig config = api.config();
    try {
      return BootRights.of(config.storageDir(), config.authorityDelegation(), network);
    } catch (IOException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode described(InviteToken token) {
    ObjectNode invite = Json.object();
    invite.put("invite", token.text()).put("id", token.id().toString());
    return invite.put("until_timestamp", token.until().getEpochSecond());
  }
}
