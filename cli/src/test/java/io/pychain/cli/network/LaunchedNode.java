package io.pychain.cli.network;

import io.pychain.cli.terminal.CommandFailure;
import io.pychain.node.config.NodeConfig.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// A node that tests start just as `./run` does: the same flags, folders and end with their
/// starter, but one by one, with whatever boot node and settings the story wants.
public final class LaunchedNode {
  /// Below the ports that the system gives to outgoing connections, one of which could otherwise
  /// sit on a node's port while the node is away.
  private static final int PORT_MIN = 10_000;

  private static final int PORT_MAX = 32_000;
  private static final int PORT_ATTEMPTS = 1_000;

  private final NodeEntry entry;

  private LaunchedNode(NodeEntry entry) {
    this.entry = entry;
  }

  /// A node on two free ports, not started.
  ///
  /// @param name begins with `boot_` for a boot node; also its folder below `dir`
  public static LaunchedNode named(String name, Path dir) {
    Role role = name.startsWith("boot_") ? Role.BOOT : Role.CLIENT;
    return new LaunchedNode(
        new NodeEntry(
            name,
            role,
            Optional.empty(),
            Optional.empty(),
            freePort(),
            freePort(),
            dir.resolve(name)));
  }

  /// Another node at the same addresses, with a folder of its own.
  public LaunchedNode impostor(String name) {
    Path dir = Optional.ofNullable(entry.folder().getParent()).orElseThrow();
    return new LaunchedNode(
        new NodeEntry(
            name,
            name.startsWith("boot_") ? Role.BOOT : Role.CLIENT,
            Optional.empty(),
            Optional.empty(),
            entry.apiPort(),
            entry.peerPort(),
            dir.resolve(name)));
  }

  /// A port that nobody listens on now.
  public static int freePort() {
    for (int i = 0; i < PORT_ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
      if (Ports.isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no free port between " + PORT_MIN + " and " + PORT_MAX);
  }

  /// Starts the process, which ends with this one at the latest.
  public Process start(Optional<String> bootNode, Map<String, String> settings) {
    try {
      return NodeProcess.start(entry, bootNode, settings, true);
    } catch (CommandFailure e) {
      throw new AssertionError(e);
    }
  }

  public String name() {
    return entry.name();
  }

  public URI api() {
    return entry.api();
  }

  public int apiPort() {
    return entry.apiPort();
  }

  public String peer() {
    return entry.peer();
  }

  public int peerPort() {
    return entry.peerPort();
  }

  public Path storageDir() {
    return entry.storageDir();
  }

  public Path logDir() {
    return entry.logDir();
  }

  /// What the process printed since it was started last.
  public String printed() {
    try {
      return Files.readString(entry.processLog());
    } catch (IOException e) {
      return "";
    }
  }
}
