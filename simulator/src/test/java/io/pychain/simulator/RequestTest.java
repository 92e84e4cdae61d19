package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be asked for, what is said where it may not, and what comes back.
class RequestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "messages | -1    | option messages is a whole number from 0 to 1000000, not \"-1\"",
        "messages | many  | option messages is a whole number from 0 to 1000000, not \"many\"",
        "rate     | NaN   | option rate is a number from 0.001 to 1000000.0, not \"NaN\"",
        "join     | slow  | option join is one of warm, cold, not \"slow\"",
        "colour   | green | there is no option colour; there are messages, rate",
      })
  void valueThatIsNotAllowedIsRefusedWithWhatIs(String key, String value, String complaint) {
    var request = SimulationRequest.of("broadcast", 3, 1, Map.of(key, value));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulate.run(request))
        .withMessageStartingWith(complaint);
  }

  @Test
  void unknownScenarioIsRefusedWithThoseThatThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulate.run(SimulationRequest.of("chess", 3, 1, Map.of())))
        .withMessageStartingWith("there is no scenario chess; there are broadcast, lossy, ");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100_001})
  void worldHasABoundedNumberOfNodes(int nodes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Simulate.run(SimulationRequest.of("broadcast", nodes, 1, Map.of())))
        .withMessageContaining("1 to 100000 nodes");
  }

  @Test
  void commandOfARunNamesOnlyWhatIsNotAsUsual() {
    var request = SimulationRequest.of("broadcast", 3, 9, Map.of("messages", "5", "join", "warm"));

    SimulationReport report = Simulate.run(request);

    assertThat(report.request().command())
        .isEqualTo("./pychain simulate --scenario broadcast --nodes 3 --seed 9 --set messages=5");
    assertThat(report.options()).containsEntry("messages", "5").containsEntry("rate", "10.0");
  }

  @Test
  void jsonHasAllFieldsInTheirOrderAndNullWhereAFigureMakesNoSense() {
    var request = SimulationRequest.of("broadcast", 1, 1, Map.of("messages", "0"));

    String json = ReportText.json(Simulate.run(request));

    assertThat(json)
        .startsWith(
            "{\"scenario\":\"broadcast\",\"nodes\":1,\"seed\":1,\"options\":{\"messages\":0,")
        .contains("\"join\":\"warm\"")
        .contains("\"codec\":false}")
        .contains("\"published\":0,\"coverage\":null,\"missing\":0,\"coverage_before_repair\":null")
        .contains("\"delay_p50_ms\":null,\"delay_p99_ms\":null,\"healed_seconds\":null")
        .contains("\"false_deaths\":0,\"detect_p50_s\":null,\"detect_p99_s\":null")
        .contains("\"violations\":[],\"virtual_seconds\":")
        .containsPattern("\"trace_hash\":\"[0-9a-f]{16}\"}$");
  }
}
