package io.pychain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.Json;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimulateCommandTest {
  private static final String FIVE = "--scenario broadcast --nodes 5 --set messages=20";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void reportInJsonHasTheFieldsThatScriptsReadInTheirOrder() throws Exception {
    int code = run(FIVE + " --seed 3 --json");

    assertThat(code).isZero();
    JsonNode report = Json.parse(out.toString());
    List<String> fields = new ArrayList<>();
    report.fieldNames().forEachRemaining(fields::add);
    assertThat(fields)
        .containsSubsequence(
            "scenario",
            "nodes",
            "seed",
            "options",
            "published",
            "coverage",
            "missing",
            "coverage_before_repair",
            "sends_per_delivery",
            "control_bytes_per_delivery",
            "idle_bytes_per_link_second",
            "hops_max",
            "delay_p50_ms",
            "delay_p99_ms",
            "healed_seconds",
            "false_deaths",
            "detect_p50_s",
            "detect_p99_s",
            "suspicions",
            "suspicion_batches",
            "untrue_per_node_second",
            "violations",
            "virtual_seconds",
            "wall_seconds",
            "trace_hash");
    assertThat(report.path("coverage").asDouble()).isEqualTo(1);
    assertThat(report.path("options").path("messages").asInt()).isEqualTo(20);
    assertThat(report.path("detect_p50_s").isNull()).isTrue();
  }

  @Test
  void reportForPeopleBeginsWithTheCommandThatReplaysIt() {
    int code = run(FIVE + " --seed 3");

    assertThat(code).isZero();
    assertThat(out.toString())
        .startsWith("./pychain simulate --scenario broadcast --nodes 5 --seed 3 --set messages=20")
        .contains("published 20 messages, coverage 1");
  }

  @Test
  void manySeedsAreSummedUp() {
    int code = run(FIVE + " --seed 10 --seeds 3");

    assertThat(code).isZero();
    assertThat(out.toString().lines())
        .hasSize(4)
        .last()
        .isEqualTo("3 of 3 seeds kept every promise");
    assertThat(out.toString()).contains("seed 10:").contains("seed 12:");
  }

  @Test
  void seedsThatRunSideBySideComeOutInOrderAndAsTheyDoAlone() throws Exception {
    run(FIVE + " --seed 10 --seeds 3 --json");
    List<String> together = out.toString().lines().limit(3).toList();

    for (int i = 0; i < together.size(); i++) {
      out.getBuffer().setLength(0);
      run(FIVE + " --json --seed " + (10 + i));

      JsonNode alone = Json.parse(out.toString());
      JsonNode report = Json.parse(together.get(i));
      assertThat(report.path("seed").asInt()).isEqualTo(10 + i);
      assertThat(report.path("trace_hash")).isEqualTo(alone.path("trace_hash"));
    }
  }

  @Test
  void listNamesScenariosAndTheirOptions() {
    int code = run("--list");

    assertThat(code).isZero();
    assertThat(out.toString()).contains("broadcast  ").contains("--set messages=100");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--scenario chess",
        "--scenario broadcast --nodes 0",
        "--scenario broadcast --seeds 0",
        "--scenario broadcast --set colour=green",
        "--scenario broadcast --set rate=-1",
        "--scenario broadcast --set latency_min=50",
        "--scenario broadcast --seed x",
      })
  void whatMakesNoSenseIsWrongUsage(String arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  private int run(String arguments) {
    List<String> words = new ArrayList<>(List.of("simulate"));
    words.addAll(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1)));
    CommandLine pychain = Main.commandLine(Map.of(), InputStream.nullInputStream());
    pychain.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return pychain.execute(words.toArray(String[]::new));
  }
}
