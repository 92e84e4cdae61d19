package io.pychain.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter written = new StringWriter();

  @Test
  void barGrowsInItsPlaceAndIsGoneInTheEnd() {
    ProgressBar bar = new ProgressBar(new PrintWriter(written), true);

    bar.show(0, 20);
    bar.show(10, 20);
    bar.show(20, 20);
    bar.clear();

    String[] lines = written.toString().split("\r", -1);
    assertThat(lines)
        .containsExactly(
            "",
            "[>                             ] 0/20",
            "[===============>              ] 10/20",
            "[==============================] 20/20",
            " ".repeat("[==============================] 20/20".length()),
            "");
  }

  @Test
  void withoutATerminalNothingIsWritten() {
    ProgressBar bar = new ProgressBar(new PrintWriter(written), false);

    bar.show(1, 2);
    bar.clear();

    assertThat(written.toString()).isEmpty();
  }

  @Test
  void networkOfNobodyIsFull() {
    new ProgressBar(new PrintWriter(written), true).show(0, 0);

    assertThat(written.toString()).endsWith("=] 0/0");
  }
}
