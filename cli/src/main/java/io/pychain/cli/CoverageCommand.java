package io.pychain.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import io.pychain.core.message.MessageId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pychain coverage`: who has a message.
@Command(
    name = "coverage",
    description = "Ask every member whether it has a message; exit 1 if somebody is missing.",
    footer = {"", "Example:", "  pychain coverage 3:1:17 --wait=5"})
final class CoverageCommand implements Callable<Integer> {
  @Mixin private final Output output = new Output();
  @Mixin private final ApiOptions api;

  @Parameters(paramLabel = "ID", description = "The message, as GUID:EPOCH:SEQ.")
  private String id = "";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = CoverageWatch.WAIT_SECONDS,
      description = "How long to wait for those who lack it; default ${DEFAULT-VALUE}.")
  private double wait;

  CoverageCommand(Map<String, String> environment) {
    this.api = new ApiOptions(environment);
  }

  @Override
  public Integer call() throws CommandFailure {
    double seconds = CoverageWatch.wait(wait);
    try {
      MessageId.parse(id);
    } catch (IllegalArgumentException malformed) {
      throw CommandFailure.wrongUsage(String.valueOf(malformed.getMessage()));
    }
    ObjectNode coverage = new CoverageWatch(api.reader(), output).watch(id, seconds);
    output.print(coverage, out -> out.println(CoverageWatch.summary(coverage)));
    return CoverageWatch.exitCode(coverage);
  }
}
