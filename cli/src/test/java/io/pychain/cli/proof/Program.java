package io.pychain.cli.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The command line as a process of its own, run to its end.
final class Program {
  /// What the nodes get too, see [io.pychain.cli.network.LaunchedNode].
  private static final List<String> FLAGS =
      List.of(
          System.getenv().getOrDefault("PYCHAIN_JAVA_OPTS", "-Xmx96m").strip().split("\\s+", -1));

  private Program() {}

  /// How it ended.
  record Ended(int code, String out, String err) {
    List<String> errLines() {
      return err.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /// Runs one command.
  ///
  /// @param environment beside that of this process
  static Ended run(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.pychain.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    try {
      return end(builder.start(), String.join(" ", arguments));
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static Ended end(Process process, String name) throws InterruptedException, IOException {
    process.getOutputStream().close();
    CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process, false));
    CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process, true));
    if (!process.waitFor(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(name + " does not end\n" + out.join() + err.join());
    }
    return new Ended(process.exitValue(), out.join(), err.join());
  }

  private static String text(Process process, boolean err) {
    try (var in = err ? process.getErrorStream() : process.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "unreadable: " + e;
    }
  }
}
