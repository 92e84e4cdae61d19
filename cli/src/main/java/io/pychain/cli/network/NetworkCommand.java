package io.pychain.cli.network;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `pychain network`, which `./run` stands for: a network of real nodes on this machine.
@Command(
    name = "network",
    description = "Run a network of real nodes on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class NetworkCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  private NetworkCommand() {}

  /// The command with its subcommands.
  public static CommandLine commandLine(Map<String, String> environment) {
    CommandLine network = new CommandLine(new NetworkCommand());
    network.addSubcommand(new RunCommand(environment));
    network.addSubcommand(new StatusCommand());
    network.addSubcommand(new StopCommand());
    network.addSubcommand(new AddCommand());
    network.addSubcommand(new KillCommand());
    network.addSubcommand(new StartCommand());
    return network;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        command.commandLine(), "say what to do: run N, status, stop, add, kill NAME or start NAME");
  }
}
