package io.pychain.cli.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.Json;
import io.pychain.node.config.NodeConfig.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// A node of the development network.
///
/// @param name `boot_1`, `client_1`, …; also its folder
/// @param role boot node or client
/// @param guid once it has joined
/// @param process if it was started and has not been stopped by us
/// @param apiPort of its API on 127.0.0.1
/// @param peerPort of its links on 127.0.0.1
/// @param folder that holds its storage and logs
record NodeEntry(
    String name,
    Role role,
    Optional<Integer> guid,
    Optional<RunningProcess> process,
    int apiPort,
    int peerPort,
    Path folder) {
  static final String HOST = "127.0.0.1";

  URI api() {
    return URI.create("http://" + HOST + ":" + apiPort);
  }

  String peer() {
    return HOST + ":" + peerPort;
  }

  Path storageDir() {
    return folder.resolve("storage");
  }

  Path logDir() {
    return folder.resolve("log");
  }

  /// What the process itself writes: the end of a node that died before it could log.
  Path processLog() {
    return logDir().resolve("process.log");
  }

  /// The process, if it lives.
  Optional<ProcessHandle> alive() {
    return process.flatMap(RunningProcess::find);
  }

  NodeEntry withGuid(int joinedAs) {
    return new NodeEntry(name, role, Optional.of(joinedAs), process, apiPort, peerPort, folder);
  }

  NodeEntry withProcess(Optional<RunningProcess> started) {
    return new NodeEntry(name, role, guid, started, apiPort, peerPort, folder);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("name", name).put("role", role.name().toLowerCase(Locale.ROOT));
    json.put("guid", guid.orElse(null));
    json.put("pid", process.map(RunningProcess::pid).orElse(null));
    json.put("process_started_ms", process.map(RunningProcess::startedMillis).orElse(null));
    json.put("api", api().toString()).put("peer", peer());
    json.put("storage_dir", storageDir().toString()).put("log_dir", logDir().toString());
    json.put("api_token_file", storageDir().resolve("api-token").toString());
    return json;
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws IllegalArgumentException if it is something else
  static NodeEntry fromJson(JsonNode json, Path dir) {
    String name = json.path("name").asText();
    Optional<Integer> guid =
        json.path("guid").isInt() ? Optional.of(json.path("guid").asInt()) : Optional.empty();
    Optional<RunningProcess> process =
        json.path("pid").isIntegralNumber()
            ? Optional.of(
                new RunningProcess(
                    json.path("pid").asLong(), json.path("process_started_ms").asLong()))
            : Optional.empty();
    return new NodeEntry(
        name,
        Role.valueOf(json.path("role").asText().toUpperCase(Locale.ROOT)),
        guid,
        process,
        URI.create(json.path("api").asText()).getPort(),
        URI.create("peer://" + json.path("peer").asText()).getPort(),
        dir.resolve(name));
  }
}
