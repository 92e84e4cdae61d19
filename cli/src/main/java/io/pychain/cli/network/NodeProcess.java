package io.pychain.cli.network;

import io.pychain.cli.process.NodeMain;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.config.Setting;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Starts a node as a process: the same program, by the same JVM, with the flags that make many
/// small nodes start fast.
final class NodeProcess {
  /// What the launcher decides for each node.
  static final Set<Setting> OURS =
      EnumSet.of(
          Setting.BOOT_NODE,
          Setting.LOG_DIR,
          Setting.STORAGE_DIR,
          Setting.PEER_LISTEN,
          Setting.API_LISTEN,
          Setting.ADVERTISE);

  /// What an idle node needs, several times over.
  private static final List<String> NODE_FLAGS = List.of("-Xms8m", "-Xmx96m", "-Xss512k");

  /// Beside the jar: the flags for this place, which the build has written.
  private static final String FLAGS_FILE = "jvm-flags";

  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private NodeProcess() {}

  /// Starts the node; what it prints goes to its `process.log`, which is begun anew.
  ///
  /// @param bootNode for a client: whom to join by
  /// @param settings for its environment
  /// @param attached whether it ends with this process
  /// @throws CommandFailure if it cannot be started
  static Process start(
      NodeEntry node, Optional<String> bootNode, Map<String, String> settings, boolean attached)
      throws CommandFailure {
    try {
      Files.createDirectories(node.storageDir());
      Files.createDirectories(node.logDir());
      ProcessBuilder builder = new ProcessBuilder(command(node, attached));
      OURS.forEach(setting -> builder.environment().remove(setting.name()));
      builder.environment().putAll(settings);
      builder.environment().putAll(ownSettings(node, bootNode));
      File log = node.processLog().toFile();
      builder.redirectErrorStream(true).redirectOutput(log);
      builder.redirectInput(attached ? Redirect.PIPE : Redirect.from(NULL_DEVICE.toFile()));
      return builder.start();
    } catch (IOException e) {
      throw CommandFailure.failed(
          "%s cannot be started: %s".formatted(node.name(), e.getMessage()));
    }
  }

  private static List<String> command(NodeEntry node, boolean attached) {
    List<String> command = new ArrayList<>(ownSession());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags());
    // For who looks at the list of processes.
    command.add("-Dpychain.node=" + node.name());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName()));
    command.add(node.role() == Role.BOOT ? NodeMain.BOOT : NodeMain.CLIENT);
    if (attached) {
      command.add(NodeMain.END_WITH_STDIN);
    }
    return command;
  }

  private static Map<String, String> ownSettings(NodeEntry node, Optional<String> bootNode) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(Setting.STORAGE_DIR.name(), node.storageDir().toString());
    settings.put(Setting.LOG_DIR.name(), node.logDir().toString());
    settings.put(Setting.PEER_LISTEN.name(), node.peer());
    settings.put(Setting.API_LISTEN.name(), node.api().getAuthority());
    bootNode.ifPresent(address -> settings.put(Setting.BOOT_NODE.name(), address));
    return settings;
  }

  /// A session of its own, so that Ctrl-C and a closed terminal reach the launcher only, which then
  /// stops its nodes in order. `setsid` becomes the node: the process id stays.
  private static List<String> ownSession() {
    Path setsid = Path.of("/usr/bin/setsid");
    return Files.isExecutable(setsid) ? List.of(setsid.toString()) : List.of();
  }

  private static List<String> jvmFlags() {
    List<String> flags = new ArrayList<>();
    Path file = Path.of(System.getProperty("java.class.path")).resolveSibling(FLAGS_FILE);
    if (Files.exists(file)) {
      flags.add("@" + file.toAbsolutePath());
    }
    flags.addAll(NODE_FLAGS);
    String more = System.getenv().getOrDefault("PYCHAIN_JAVA_OPTS", "").strip();
    if (!more.isEmpty()) {
      flags.addAll(List.of(more.split("\\s+", -1)));
    }
    return flags;
  }
}
