package io.pychain.cli.network;

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

  /// A flag of `boot` and `node`: the process ends when its stdin does, that is, when whoever
  /// started it is gone, however it went.
  static final String END_WITH_STDIN = "--end-with-stdin";

  /// What an idle node needs, several times over; the flags of the command line come before.
  private static final List<String> NODE_FLAGS =
      List.of("-Xms8m", "-Xmx96m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final String JVM_FLAGS = "scripts/jvm-flags";
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
      ProcessBuilder builder = new ProcessBuilder(command(node, bootNode, attached));
      OURS.forEach(setting -> builder.environment().remove(setting.name()));
      builder.environment().putAll(settings);
      File log = node.processLog().toFile();
      builder.redirectErrorStream(true).redirectOutput(log);
      builder.redirectInput(attached ? Redirect.PIPE : Redirect.from(NULL_DEVICE.toFile()));
      return builder.start();
    } catch (IOException e) {
      throw CommandFailure.failed(
          "%s cannot be started: %s".formatted(node.name(), e.getMessage()));
    }
  }

  private static List<String> command(NodeEntry node, Optional<String> bootNode, boolean attached) {
    List<String> command = new ArrayList<>(ownSession());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.pychain.cli.Main"));
    command.add(node.role() == Role.BOOT ? "boot" : "node");
    command.addAll(flag(Setting.STORAGE_DIR, node.storageDir().toString()));
    command.addAll(flag(Setting.LOG_DIR, node.logDir().toString()));
    command.addAll(flag(Setting.PEER_LISTEN, node.peer()));
    command.addAll(flag(Setting.API_LISTEN, node.api().getAuthority()));
    bootNode.ifPresent(address -> command.addAll(flag(Setting.BOOT_NODE, address)));
    if (attached) {
      command.add(END_WITH_STDIN);
    }
    return command;
  }

  private static List<String> flag(Setting setting, String value) {
    return List.of(setting.flag(), value);
  }

  /// A session of its own, so that Ctrl-C and a closed terminal reach the launcher only, which then
  /// stops its nodes in order. `setsid` becomes the node: the process id stays.
  private static List<String> ownSession() {
    Path setsid = Path.of("/usr/bin/setsid");
    return Files.isExecutable(setsid) ? List.of(setsid.toString()) : List.of();
  }

  private static List<String> jvmFlags() {
    List<String> flags = new ArrayList<>();
    String home = System.getProperty("pychain.home", "");
    if (!home.isEmpty()) {
      flags.add("@" + Path.of(home, JVM_FLAGS));
      flags.add("-Dpychain.home=" + home);
    }
    flags.addAll(NODE_FLAGS);
    Path cache = Path.of(System.getProperty("java.class.path")).resolveSibling("pychain.aot");
    if (Files.exists(cache)) {
      flags.add("-XX:AOTCache=" + cache);
    }
    String more = System.getenv().getOrDefault("PYCHAIN_JAVA_OPTS", "").strip();
    if (!more.isEmpty()) {
      flags.addAll(List.of(more.split("\\s+", -1)));
    }
    return flags;
  }
}
