package io.pychain.cli;

import io.pychain.cli.process.NodeRun;
import io.pychain.cli.process.StdinWatch;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pychain node`: joins a network, or comes back to it, and takes part until it is stopped.
@Command(name = "node", description = "Run a client node in front until SIGTERM or Ctrl-C.")
final class NodeCommand implements Callable<Integer>, SettingFlags.Taker {
  private final Map<String, String> environment;
  private final InputStream in;

  @Mixin private final Output output = new Output();

  @Option(
      names = "--end-with-stdin",
      description = "End when stdin does, that is, with whoever started this.")
  private boolean endWithStdin;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  NodeCommand(Map<String, String> environment, InputStream in) {
    this.environment = environment;
    this.in = in;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    NodeConfig config =
        SettingFlags.config(SettingFlags.read(command.commandLine(), environment), Role.CLIENT);
    checkJoinable(config);
    if (endWithStdin) {
      StdinWatch.endWith(in);
    }
    return new NodeRun(config, output.out(), output.isJson()).run();
  }

  /// Only who has been a member can do without a boot node.
  private static void checkJoinable(NodeConfig config) throws CommandFailure {
    if (config.bootNodes().isEmpty() && !Files.exists(config.storageDir().resolve("node-key"))) {
      throw CommandFailure.wrongUsage(
          "BOOT_NODE is required: whom to join by, as host, host:port or KEY@host:port");
    }
  }
}
