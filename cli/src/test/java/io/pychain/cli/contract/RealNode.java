package io.pychain.cli.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.ApiClient.Body;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.core.message.MessageId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One node as a process, with the relay that its peers connect to.
final class RealNode implements AutoCloseable {
  private static final String ANY_PORT = "127.0.0.1:0";

  private final Path folder;
  private final boolean boot;
  private final Relay relay;
  private @Nullable Process process;
  private @Nullable ApiClient api;

  private RealNode(Path folder, boolean boot, Relay relay) {
    this.folder = folder;
    this.boot = boot;
    this.relay = relay;
  }

  static RealNode prepare(Path folder, boolean boot) throws IOException {
    Files.createDirectories(folder);
    return new RealNode(folder, boot, Relay.open());
  }

  /// Where others dial it.
  String address() {
    return "127.0.0.1:" + relay.port();
  }

  Path database() {
    return storage().resolve("pychain.db");
  }

  private Path storage() {
    return folder.resolve("storage");
  }

  /// Starts the process.
  void start(String bootNode) throws IOException {
    process =
        new ProcessBuilder(command(bootNode))
            .redirectError(folder.resolve("stderr.log").toFile())
            .start();
  }

  /// Waits until the process is a member and serves its API.
  void awaitReady() throws IOException {
    String line = process == null ? null : process.inputReader().readLine();
    if (line == null) {
      String why = Files.readString(folder.resolve("stderr.log"));
      throw new IOException("the node in " + folder + " did not start: " + why);
    }
    JsonNode ready = Json.parse(line);
    relay.forwardTo(URI.create("tcp://" + ready.path("peer").asText()).getPort());
    String token = Files.readString(storage().resolve("api-token")).strip();
    api = new ApiClient(URI.create(ready.path("api").asText()), Optional.of(token));
  }

  private List<String> command(String bootNode) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.pychain.cli.Main",
                boot ? "boot" : "node",
                "--json",
                "--end-with-stdin",
                "--storage-dir",
                storage().toString(),
                "--log-dir",
                folder.resolve("log").toString(),
                "--peer-listen",
                ANY_PORT,
                "--api-listen",
                ANY_PORT,
                "--advertise",
                address()));
    if (!boot) {
      command.addAll(List.of("--boot-node", bootNode));
    }
    return command;
  }

  /// Its API, of the run that goes on now or was the last.
  ApiClient api() {
    if (api == null) {
      throw new IllegalStateException("the node in " + folder + " was never started");
    }
    return api;
  }

  int membersKnown() {
    try {
      return api().get("/api/v1/status").path("members").path("alive").asInt();
    } catch (CommandFailure unreachable) {
      return 0;
    }
  }

  CompletableFuture<MessageId> publish(String json) {
    Body body = Body.json("{\"data\":" + json + "}");
    ApiClient mine = api();
    return CompletableFuture.supplyAsync(() -> publish(mine, body), Thread::startVirtualThread);
  }

  private static MessageId publish(ApiClient api, Body body) {
    try {
      JsonNode answer = api.ask("PUT", "/api/v1/broadcast", Optional.of(body));
      return MessageId.parse(answer.path("id").asText());
    } catch (CommandFailure refused) {
      throw new IllegalStateException(refused);
    }
  }

  CompletableFuture<String> coverage(MessageId message, Duration wait) {
    ApiClient mine = api();
    String path =
        "/api/v1/messages/%s/coverage?wait=%.1f".formatted(message, wait.toMillis() / 1e3);
    return CompletableFuture.supplyAsync(() -> coverage(mine, path), Thread::startVirtualThread);
  }

  private static String coverage(ApiClient api, String path) {
    try {
      JsonNode answer = api.get(path);
      return answer.path("reached") + "/" + answer.path("members");
    } catch (CommandFailure refused) {
      throw new IllegalStateException(refused);
    }
  }

  void breakLinks() {
    relay.breakAll();
  }

  /// Ends the process as a crash would, and waits until it is gone.
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  @Override
  public void close() {
    kill();
    relay.close();
  }
}
