package io.pychain.cli;

import io.pychain.cli.network.NetworkCommand;
import io.pychain.cli.terminal.CommandFailure;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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

  /// The command line, ready to execute these words.
  ///
  /// A subcommand that is named is the only one made: reading the annotations of all of them would
  /// be half of what a short command takes. For help, and for words that name none, all are there.
  ///
  /// @param in stdin
  static CommandLine commandLine(Map<String, String> environment, InputStream in, String... words) {
    Map<String, Supplier<Object>> commands = commands(environment, in);
    CommandLine pychain = new CommandLine(new Main());
    for (Map.Entry<String, Supplier<Object>> entry : commands.entrySet()) {
      if (words.length == 0 || words[0].equals(entry.getKey()) || !commands.containsKey(words[0])) {
        pychain.addSubcommand(subcommand(entry.getValue().get()));
      }
    }
    pychain.setParameterExceptionHandler(Main::wrongUsage);
    pychain.setExecutionExceptionHandler(Main::failed);
    return pychain;
  }

  private static Map<String, Supplier<Object>> commands(
      Map<String, String> environment, InputStream in) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("boot", () -> new BootCommand(environment, in));
    commands.put("node", () -> new NodeCommand(environment, in));
    commands.put("status", () -> new StatusCommand(environment));
    commands.put("nodes", () -> new NodesCommand(environment));
    commands.put("links", () -> new LinksCommand(environment));
    commands.put("broadcast", () -> new BroadcastCommand(environment, in));
    commands.put("coverage", () -> new CoverageCommand(environment));
    commands.put("messages", () -> new MessagesCommand(environment));
    commands.put("parameters", () -> new ParametersCommand(environment));
    commands.put("sync", () -> new SyncCommand(environment));
    commands.put("leave", () -> new LeaveCommand(environment));
    commands.put("ban", () -> new BanCommand(environment));
    commands.put("unban", () -> new UnbanCommand(environment));
    commands.put("bans", () -> new BansCommand(environment));
    commands.put("rotate-key", () -> new RotateKeyCommand(environment));
    commands.put("key", () -> new KeyCommand(environment));
    commands.put("invite", () -> new InviteCommand(environment));
    commands.put("authority", AuthorityCommand::commandLine);
    commands.put("verify", VerifyCommand::new);
    commands.put("config", () -> new ConfigCommand(environment));
    commands.put("simulate", SimulateCommand::new);
    commands.put("network", () -> NetworkCommand.commandLine(environment));
    commands.put("warm-up", WarmUpCommand::new);
    return commands;
  }

  private static CommandLine subcommand(Object command) {
    if (command instanceof CommandLine ready) {
      return ready;
    }
    CommandLine subcommand = new CommandLine(command);
    if (command instanceof SettingFlags.Taker) {
      SettingFlags.addTo(subcommand.getCommandSpec());
    }
    return subcommand;
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
    System.exit(commandLine(System.getenv(), System.in, args).execute(args));
  }
}
