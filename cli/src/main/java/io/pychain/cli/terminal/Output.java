package io.pychain.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `--json` and `--help`, which every command has, and where its answer goes.
public final class Output {
  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and do nothing.")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  /// Whether JSON is wanted.
  public boolean isJson() {
    return json;
  }

  /// Where answers go.
  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  /// Where complaints go.
  public PrintWriter err() {
    return command.commandLine().getErr();
  }

  /// Prints the value as one line of JSON, or in the way for people.
  public void print(JsonNode value, Consumer<PrintWriter> text) {
    if (json) {
      out().println(Json.line(value));
    } else {
      text.accept(out());
    }
    out().flush();
  }
}
