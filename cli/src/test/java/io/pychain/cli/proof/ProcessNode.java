package io.pychain.cli.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.network.LaunchedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One node as a process: started, killed and stopped as often as a story wants, always on its own
/// folder and ports.
final class ProcessNode {
  private static final int TAIL_LINES = 20;

  private final LaunchedNode launched;
  private final Api api;
  private Optional<Process> process = Optional.empty();
  private Optional<String> bootNode = Optional.empty();

  ProcessNode(LaunchedNode launched) {
    this.launched = launched;
    this.api = new Api(launched.api(), launched.storageDir());
  }

  /// Starts it; it is [#ready] some time later.
  ProcessNode start(Optional<String> joinBy, Map<String, String> settings) {
    if (process.isPresent()) {
      throw new IllegalStateException(name() + " runs already");
    }
    bootNode = joinBy;
    process = Optional.of(launched.start(joinBy, settings));
    return this;
  }

  /// Starts it as it was started before.
  ProcessNode restart() {
    return start(bootNode, Map.of());
  }

  /// Waits until it has joined and answers.
  ProcessNode ready() {
    JsonNode _ = status();
    return this;
  }

  /// What it says of itself, waiting until it has joined.
  JsonNode status() {
    return Await.value(
        name() + " joins and answers",
        () -> {
          checkRuns();
          return api.status();
        },
        this::lastWords);
  }

  private void checkRuns() {
    if (process.filter(Process::isAlive).isEmpty()) {
      throw new AssertionError(name() + " does not run\n" + lastWords());
    }
  }

  int guid() {
    return status().path("node").path("guid").asInt();
  }

  /// Where its API is served.
  String url() {
    return launched.api().toString();
  }

  String publicKey() {
    return status().path("node").path("public_key").asText();
  }

  /// How to join by this node, trusting nobody else.
  String pinned() {
    return status().path("network").path("authority_key").asText() + "@" + peer();
  }

  /// Publishes until it is acknowledged, and tells the id.
  String publish(String json) {
    return Await.value(
        name() + " acknowledges " + json,
        () -> api.publish(json).flatMap(Api.Answer::acknowledged),
        this::lastWords);
  }

  /// Ends it as a crash would, and waits until it is gone.
  void kill() {
    running().destroyForcibly();
    int _ = exitCode();
  }

  /// Asks it to stop (SIGTERM), and waits until it has; its exit code.
  int stop() {
    askToStop();
    return exitCode();
  }

  /// Not by the process itself, which would also close its stdin, another reason to end.
  void askToStop() {
    boolean _ = running().toHandle().destroy();
  }

  /// Waits until it has ended; its exit code.
  int exitCode() {
    Process ending = running();
    try {
      if (!ending.waitFor(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        Process _ = ending.destroyForcibly();
        throw new AssertionError(name() + " does not end\n" + lastWords());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + name(), e);
    }
    process = Optional.empty();
    return ending.exitValue();
  }

  private Process running() {
    return process.orElseThrow(() -> new IllegalStateException(name() + " was not started"));
  }

  boolean isStarted() {
    return process.isPresent();
  }

  long pid() {
    return running().pid();
  }

  /// Memory that the system has given to the process, in MiB.
  long residentMebibytes() {
    try {
      String kibibytes =
          Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow()
              .replaceAll("\\D", "");
      return Long.parseLong(kibibytes) / 1024;
    } catch (IOException e) {
      throw new AssertionError(name() + " is gone\n" + lastWords(), e);
    }
  }

  /// A soft limit of a process, by its name in `/proc/PID/limits`; empty if there is none.
  static Optional<Long> limitOf(String pid, String name) {
    try {
      return Files.readAllLines(Path.of("/proc", pid, "limits")).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[0])
          .filter(value -> !value.equals("unlimited"))
          .map(Long::valueOf)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Files and sockets that the process holds open.
  long openFiles() {
    try (var files = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new AssertionError(name() + " is gone\n" + lastWords(), e);
    }
  }

  Api api() {
    return api;
  }

  LaunchedNode launched() {
    return launched;
  }

  String name() {
    return launched.name();
  }

  String peer() {
    return launched.peer();
  }

  /// What is in one of its logs.
  String log(String file) {
    try {
      return Files.readString(launched.logDir().resolve(file));
    } catch (IOException e) {
      return "";
    }
  }

  /// The end of what it printed and of its log, for failures.
  String lastWords() {
    return tail(launched.printed()) + "\n" + tail(log("network_sync.log"));
  }

  private static String tail(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
