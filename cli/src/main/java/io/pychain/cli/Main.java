package io.pychain.cli;

import io.pychain.cli.network.NetworkCommand;
import io.pychain.cli.terminal.CommandFailure;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The `pychain` command. A new subcommand is a class of this package, listed here.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage; whatever goes wrong is one line on stderr.
@Command(
    name = "pychain",
    version = "pychain 0.1.0",
    description = "A peer-to-peer network that carries signed messages to every one of its nodes.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CommandLine.HelpCommand.class})
public final class Main {

  private Main() {}

  /// The command line with all its subcommands, ready to be executed.
  static CommandLine commandLine() {
    return commandLine(System.getenv(), System.in);
  }

  /// The same in another environment and with another stdin.
  static CommandLine commandLine(Map<String, String> environment, InputStream in) {
    CommandLine pychain = new CommandLine(new Main());
    for (Object command : commands(environment, in)) {
      CommandLine subcommand = new CommandLine(command);
      if (command instanceof SettingFlags.Taker) {
        SettingFlags.addTo(subcommand.getCommandSpec());
      }
      pychain.addSubcommand(subcommand);
    }
    pychain.addSubcommand(NetworkCommand.commandLine(environment));
    pychain.setParameterExceptionHandler(Main::wrongUsage);
    pychain.setExecutionExceptionHandler(Main::failed);
    return pychain;
  }

  private static List<Object> commands(Map<String, String> environment, InputStream in) {
    return List.of(
        new BootCommand(environment, in),
        new NodeCommand(environment, in),
        new StatusCommand(environment),
        new NodesCommand(environment),
        new LinksCommand(environment),
        new BroadcastCommand(environment, in),
        new MessagesCommand(environment),
        new SyncCommand(environment),
        new LeaveCommand(environment),
        new KeyCommand(environment),
        new ConfigCommand(environment),
        new SimulateCommand());
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    command.getErr().println(oneLine(e) + "; see " + help);
    return CommandFailure.WRONG_USAGE;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    command.getErr().println(oneLine(e));
    return e instanceof CommandFailure failure ? failure.exitCode() : CommandFailure.FAILED;
  }

  private static String oneLine(Exception e) {
    boolean told = e instanceof CommandFailure || e instanceof ParameterException;
    String text = told ? String.valueOf(e.getMessage()) : e.toString();
    return text.replaceAll("\\s*\\R\\s*", " ");
  }

  /// Runs one command and exits with its code.
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }
}
