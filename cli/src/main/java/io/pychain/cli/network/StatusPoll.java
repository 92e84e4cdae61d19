package io.pychain.cli.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.CommandFailure;
import java.time.Duration;
import java.util.Optional;

/// Asks a node how it is, without patience: who asks will ask again.
final class StatusPoll {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private StatusPoll() {}

  /// What a node says of itself.
  ///
  /// @param guid its own
  /// @param alive members that it thinks take part, itself among them
  /// @param authorityKey that admits to its network
  record Status(int guid, int alive, String authorityKey) {}

  /// The node's status; empty as long as it does not answer or has not joined.
  static Optional<Status> ask(NodeEntry node) {
    try {
      JsonNode status = new ApiClient(node.api(), Optional.empty(), TIMEOUT).get("/api/v1/status");
      JsonNode guid = status.path("node").path("guid");
      return guid.isInt()
          ? Optional.of(
              new Status(
                  guid.asInt(),
                  status.path("members").path("alive").asInt(),
                  status.path("network").path("authority_key").asText()))
          : Optional.empty();
    } catch (CommandFailure e) {
      return Optional.empty();
    }
  }
}
