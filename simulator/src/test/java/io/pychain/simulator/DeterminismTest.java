package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// One seed, one story.
class DeterminismTest {
  private static final long PROCESS_SECONDS_MAX = 120;

  @Test
  void sameSeedGivesTheSameTraceAndTheSameFigures() {
    SimulationReport one = Simulate.run(eventful(5));
    SimulationReport other = Simulate.run(eventful(5));

    assertThat(other.traceHash()).isEqualTo(one.traceHash());
    assertThat(other.events()).isEqualTo(one.events());
    assertThat(other.figures()).isEqualTo(one.figures());
  }

  @Test
  void anotherSeedGivesAnotherTrace() {
    assertThat(Simulate.run(eventful(6)).traceHash())
        .isNotEqualTo(Simulate.run(eventful(5)).traceHash());
  }

  @Test
  void anotherProcessGivesTheSameTrace() throws Exception {
    String here = Simulate.run(eventful(5)).traceHash();

    assertThat(traceOfAnotherProcess()).isEqualTo(here);
  }

  @Test
  void framesThatAreReallyEncodedChangeNothing() {
    Map<String, String> options = new LinkedHashMap<>(eventful(5).options());
    options.put("codec", "true");

    SimulationReport report = Simulate.run(SimulationRequest.of("broadcast", 12, 5, options));

    assertThat(report.violations()).isEmpty();
    assertThat(report.traceHash()).isEqualTo(Simulate.run(eventful(5)).traceHash());
  }

  private static SimulationRequest eventful(long seed) {
    return SimulationRequest.of(
        "broadcast",
        12,
        seed,
        Map.of("messages", "50", "rate", "20", "join", "cold", "crashes", "4", "breaks", "6"));
  }

  /// Prints the trace of the eventful run, for another process.
  public static void main(String[] args) {
    System.out.println(Simulate.run(eventful(5)).traceHash());
  }

  private static String traceOfAnotherProcess() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DeterminismTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(PROCESS_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    return printed;
  }
}
