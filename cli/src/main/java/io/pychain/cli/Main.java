package io.pychain.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `pychain` command. A new subcommand is a class of this package, listed here.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage.
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
    return new CommandLine(new Main());
  }

  /// Runs one command and exits with its code.
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }
}
