package io.pychain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void versionIsPrintedOnItsOwn() {
    int code = run("--version");

    assertThat(out.toString()).isEqualTo("pychain 0.1.0" + System.lineSeparator());
    assertThat(code).isZero();
  }

  @Test
  void unknownCommandIsWrongUsage() {
    int code = run("no-such-command");

    assertThat(err.toString()).contains("no-such-command");
    assertThat(code).isEqualTo(2);
  }

  private int run(String... args) {
    CommandLine commandLine =
        Main.commandLine(Map.of(), InputStream.nullInputStream(), args)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }
}
