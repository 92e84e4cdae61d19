package io.pychain.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.Main;
import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes: a boot node and two clients, from their start to their end.
class NetworkCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stopWhatRuns() {
    run("stop");
  }

  @Test
  void networkLivesThroughKillStartAddStopAndStart() throws Exception {
    JsonNode started = runJson("run", "2", "--detach", "-e", "NETWORK_SYNC_INTERVAL=1");
    assertThat(started.path("nodes")).hasSize(3);
    assertThat(guids(started)).containsExactlyInAnyOrder(0, 1, 2);
    publish(started.path("nodes").get(1), "{\"data\":\"before\"}");

    assertThat(run("run", "2", "--detach")).isEqualTo(1);
    assertThat(err.toString()).contains("3 nodes of a network run in").contains("./run stop");

    runJson("kill", "client_1");
    assertThat(states(runJson("status"))).containsExactly("running", "stopped", "running");
    assertThat(run("kill", "client_1")).isEqualTo(1);
    publish(started.path("nodes").get(2), "{\"data\":\"while away\"}");

    JsonNode again = runJson("start", "client_1");
    assertThat(guids(again)).isEqualTo(guids(started));
    assertThat(run("start", "client_1")).isEqualTo(1);
    awaitUntil(() -> messages(again.path("nodes").get(1)).contains("while away"));

    JsonNode grown = runJson("add");
    assertThat(guids(grown)).containsExactlyInAnyOrder(0, 1, 2, 3);
    awaitUntil(() -> messages(grown.path("nodes").get(3)).contains("before"));

    JsonNode stopped = runJson("stop");
    assertThat(stopped.path("stopped")).hasSize(4);
    assertThat(stopped.path("killed")).isEmpty();
    assertThat(states(runJson("status"))).containsOnly("stopped");

    JsonNode second = runJson("run", "3", "--detach");
    assertThat(guids(second)).isEqualTo(guids(grown));
    assertThat(messages(second.path("nodes").get(0))).contains("before", "while away");
  }

  @Test
  void nodesEndWithALauncherInFrontHoweverItEnds() throws Exception {
    for (boolean crash : List.of(true, false)) {
      Process launcher = launcher("run", "1", "--json", "--dir", dir.toString());
      assertThat(launcher.inputReader().readLine()).as("%s", dir).contains("\"boot_1\"");
      List<NodeEntry> nodes = new NetworkFolder(dir).require().alive();
      assertThat(nodes).hasSize(2);

      ProcessHandle handle = launcher.toHandle();
      assertThat(crash ? handle.destroyForcibly() : handle.destroy()).isTrue();

      awaitUntil(() -> nodes.stream().noneMatch(node -> node.alive().isPresent()));
    }
  }

  @Test
  void nodeThatDiesOnStartIsShownWithItsLastWords() throws Exception {
    Files.createDirectories(dir.resolve("client_2"));
    Files.createFile(dir.resolve("client_2").resolve("log"));

    int code = run("run", "2", "--detach");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("client_2 cannot be started");
    assertThat(states(runJson("status"))).containsOnly("stopped");
  }

  @Test
  void wrongUsageStartsNothing() {
    assertThat(run("run", "65")).isEqualTo(2);
    assertThat(run("run", "2", "--base-port", "99999")).isEqualTo(2);
    assertThat(run("run", "2", "-e", "NO_SUCH=1")).isEqualTo(2);
    assertThat(run("kill")).isEqualTo(2);
    assertThat(dir.resolve("network.json")).doesNotExist();
  }

  @Test
  void folderWithoutANetworkIsTold() {
    assertThat(run("status")).isEqualTo(1);

    assertThat(err.toString()).contains("no network in " + dir).contains("./run N");
  }

  private JsonNode runJson(String... words) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--json");
    out.getBuffer().setLength(0);
    int code = run(all.toArray(String[]::new));
    assertThat(code).as("%s: %s", all, err).isZero();
    return Json.parse(out.toString());
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--dir", dir.toString()));
    return NetworkCommand.commandLine(Map.of())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(NetworkCommandTest::failed)
        .execute(all.toArray(String[]::new));
  }

  private static Process launcher(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "network"));
    command.addAll(Arrays.asList(words));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static int failed(
      Exception e, picocli.CommandLine command, picocli.CommandLine.ParseResult parsed) {
    command.getErr().println(e.getMessage());
    return e instanceof CommandFailure failure ? failure.exitCode() : 99;
  }

  private static List<Integer> guids(JsonNode network) {
    List<Integer> guids = new ArrayList<>();
    network.path("nodes").forEach(node -> guids.add(node.path("guid").asInt(-1)));
    return guids;
  }

  private static List<String> states(JsonNode status) {
    List<String> states = new ArrayList<>();
    status.path("nodes").forEach(node -> states.add(node.path("state").asText()));
    return states;
  }

  private static void publish(JsonNode node, String body) throws Exception {
    String token = Files.readString(Path.of(node.path("api_token_file").asText())).strip();
    new ApiClient(URI.create(node.path("api").asText()), Optional.of(token))
        .ask("PUT", "/api/v1/broadcast", Optional.of(ApiClient.Body.json(body)));
  }

  private static String messages(JsonNode node) {
    try {
      return new ApiClient(URI.create(node.path("api").asText()), Optional.empty())
          .get("/api/v1/messages?after=0&limit=100")
          .toString();
    } catch (CommandFailure e) {
      return "";
    }
  }

  private static void awaitUntil(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("in time").isBefore(deadline);
      Thread.sleep(20);
    }
  }
}
