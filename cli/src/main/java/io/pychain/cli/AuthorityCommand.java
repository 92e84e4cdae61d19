package io.pychain.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NodeKey;
import io.pychain.node.keys.DelegationFile;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `pychain authority`: work with the authority's key, on a machine that need not be on any
/// network. Neither command speaks with a node.
@Command(
    name = "authority",
    description = "Keep the authority's key apart from boot nodes, and let them sign for it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class AuthorityCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  private AuthorityCommand() {}

  /// The command with its subcommands.
  static CommandLine commandLine() {
    return new CommandLine(new AuthorityCommand())
        .addSubcommand(new Create())
        .addSubcommand(new Delegate());
  }

  @Override
  public Integer call() {
    throw new ParameterException(command.commandLine(), "say what to do: create or delegate");
  }

  /// The key file that both need.
  static final class KeyFile {
    @Option(
        names = "--authority-key",
        paramLabel = "FILE",
        defaultValue = "authority-key",
        description = "File of the authority's key; default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Path path;
  }

  /// Makes an authority's key.
  @Command(name = "create", description = "Make the key of a new network's authority.")
  static final class Create implements Callable<Integer> {
    @Mixin private final Output output = new Output();
    @Mixin private final KeyFile file = new KeyFile();

    @Override
    public Integer call() throws CommandFailure {
      if (Files.exists(file.path)) {
        throw CommandFailure.failed(file.path + " is there already, and is not replaced");
      }
      NodeKey key = write(file.path).key();
      ObjectNode made = Json.object().put("authority_key", key.toString());
      made.put("file", file.path.toString());
      output.print(made, out -> out.printf("authority key  %s in %s%n", key, file.path));
      return CommandFailure.DONE;
    }

    private static NodeKeys write(Path file) throws CommandFailure {
      try {
        return NodeKeys.loadOrCreate(file);
      } catch (IOException e) {
        throw CommandFailure.failed("cannot write " + file + ": " + e.getMessage());
      }
    }
  }

  /// Lets a boot node sign.
  @Command(
      name = "delegate",
      description = "Let a boot node sign for the authority, without the authority's key.")
  static final class Delegate implements Callable<Integer> {
    private static final int DAYS_MAX = 3_650;

    @Mixin private final Output output = new Output();
    @Mixin private final KeyFile file = new KeyFile();

    @Option(
        names = "--key",
        paramLabel = "KEY",
        required = true,
        description = "Public key of the boot node, as \"pychain key\" shows it.")
    @SuppressWarnings("NullAway.Init")
    private String key;

    @Option(
        names = "--network",
        paramLabel = "NAME",
        defaultValue = "pychain",
        description = "NETWORK_NAME of the network; default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String network;

    @Option(
        names = "--days",
        paramLabel = "DAYS",
        defaultValue = "365",
        description = "How long it holds; default: ${DEFAULT-VALUE}.")
    private int days;

    @Option(
        names = "--found",
        description = "The boot node founds a new network with it, within an hour.")
    private boolean found;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        defaultValue = "delegation",
        description = "File to write, a secret of that boot node; default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Path to;

    @Override
    public Integer call() throws CommandFailure {
      if (days < 1 || days > DAYS_MAX) {
        throw CommandFailure.wrongUsage(
            "--days=%d is not allowed: a number from 1 to %d".formatted(days, DAYS_MAX));
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      DelegationFile made = make(now);
      try {
        made.write(to);
      } catch (IOException e) {
        throw CommandFailure.failed("cannot write " + to + ": " + e.getMessage());
      }
      print(made);
      return CommandFailure.DONE;
    }

    private DelegationFile make(Instant now) throws CommandFailure {
      try {
        NodeKeys authority =
            NodeKeys.load(file.path)
                .orElseThrow(() -> CommandFailure.failed(file.path + " is not there"));
        NetworkInfo info = new NetworkInfo(network, authority.key());
        NodeKey delegate = NodeKey.fromHex(key);
        Instant until = now.plus(Duration.ofDays(days));
        return found
            ? DelegationFile.founding(info, authority, delegate, now, until)
            : DelegationFile.make(info, authority, delegate, until);
      } catch (IOException e) {
        throw CommandFailure.failed(String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.wrongUsage(
            "--key=%s is not allowed: the 64 hex digits that \"pychain key\" shows".formatted(key));
      }
    }

    private void print(DelegationFile made) {
      Instant until = made.delegation().until();
      ObjectNode json = Json.object().put("file", to.toString());
      json.put("authority_key", made.authority().toString());
      json.put("key", made.delegation().delegate().toString());
      json.put("until_timestamp", until.getEpochSecond());
      output.print(
          json,
          out ->
              out.printf(
                  "%s holds until %s; set AUTHORITY_DELEGATION to it at the boot node%n",
                  to, until));
    }
  }
}
