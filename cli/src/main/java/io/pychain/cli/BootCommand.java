package io.pychain.cli;

import io.pychain.cli.process.NodeRun;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `pychain boot`: the node that founds a network and admits newcomers.
@Command(name = "boot", description = "Run a boot node in front until SIGTERM or Ctrl-C.")
final class BootCommand implements Callable<Integer>, SettingFlags.Taker {
  private final Map<String, String> environment;

  @Mixin private final Output output = new Output();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  BootCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    NodeConfig config =
        SettingFlags.config(SettingFlags.read(command.commandLine(), environment), Role.BOOT);
    return new NodeRun(config, output.out(), output.isJson()).run();
  }
}
