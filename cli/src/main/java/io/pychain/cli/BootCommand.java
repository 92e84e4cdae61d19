package io.pychain.cli;

import io.pychain.cli.process.NodeRun;
import io.pychain.cli.process.StdinWatch;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pychain boot`: the node that founds a network and admits newcomers.
@Command(name = "boot", description = "Run a boot node in front until SIGTERM or Ctrl-C.")
final class BootCommand implements Callable<Integer>, SettingFlags.Taker {
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

  BootCommand(Map<String, String> environment, InputStream in) {
    this.environment = environment;
    this.in = in;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    NodeConfig config =
        SettingFlags.config(SettingFlags.read(command.commandLine(), environment), Role.BOOT);
    if (endWithStdin) {
      StdinWatch.endWith(in);
    }
    return new NodeRun(config, output.out(), output.isJson()).run();
  }
}
