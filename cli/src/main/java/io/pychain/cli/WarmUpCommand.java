package io.pychain.cli;

import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.node.PychainNode;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.LogLevel;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.logs.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pychain warm-up`: a boot node and a client in this process, asked by the commands that people
/// use, for some seconds. The build runs it once to let the JVM learn what to have ready in its AOT
/// cache; nobody else needs it.
@Command(name = "warm-up", hidden = true, description = "Exercise the program for the AOT cache.")
final class WarmUpCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("pychain-warm-up");
    try (Logs _ = Logs.open(folder.resolve("log"), LogLevel.INFO);
        PychainNode boot = PychainNode.start(config(Role.BOOT, folder.resolve("boot"), ""))) {
      String address = "127.0.0.1:" + boot.peerPort();
      try (PychainNode client =
          PychainNode.start(config(Role.CLIENT, folder.resolve("client"), address))) {
        exercise(client, folder.resolve("client"));
      }
    } finally {
      delete(folder);
    }
    output.out().println("warm");
    return CommandFailure.DONE;
  }

  private static NodeConfig config(Role role, Path storage, String bootNode) {
    NodeConfig.Builder builder =
        NodeConfig.builder()
            .role(role)
            .storageDir(storage)
            .peerListen(new Endpoint("127.0.0.1", Endpoint.OPEN))
            .apiListen(Optional.of(new Endpoint("127.0.0.1", Endpoint.OPEN)));
    return (bootNode.isEmpty() ? builder : builder.bootNodes(bootNode)).build();
  }

  private static void exercise(PychainNode node, Path storage) throws InterruptedException {
    String[] at = {
      "--storage-dir", storage.toString(), "--api", "http://127.0.0.1:" + node.apiPort().orElse(0)
    };
    run(at, "broadcast", "{\"warm\":\"up\"}");
    run(at, "broadcast", "--event", "WARM_UP", "round=1");
    for (String command : List.of("status", "nodes", "links", "messages", "key", "sync")) {
      run(at, command);
      run(at, command, "--json");
    }
    Instant deadline = Instant.now().plus(PATIENCE);
    while (node.view().lastOffset() < 4 && Instant.now().isBefore(deadline)) {
      Thread.sleep(POLL);
    }
  }

  /// Whatever comes of it: this is only about having been there.
  private static void run(String[] at, String... words) {
    String[] all = Stream.concat(Stream.of(words), Stream.of(at)).toArray(String[]::new);
    CommandLine pychain = Main.commandLine(Map.of(), System.in, all);
    pychain.setOut(new PrintWriter(new StringWriter()));
    pychain.execute(all);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
