package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many small networks, each with troubles of its own. A failure prints the commands that replay
/// it.
class SeedsTest {

  @ParameterizedTest
  @CsvSource({
    "1,   20, messages=30 rate=50 join=cold crashes=4 faults=2",
    "2,   40, messages=30 rate=20 join=cold crashes=5 breaks=5",
    "3,   60, messages=30 rate=20 join=cold crashes=6 breaks=2 faults=2",
    "7,  100, messages=30 rate=5 join=cold crashes=3 breaks=4",
    "5,   40, messages=200 rate=200 crashes=3 breaks=3",
    "12,  40, messages=60 rate=20 crashes=10 breaks=10 faults=3",
    "30,  10, messages=50 rate=10 join=cold crashes=10 breaks=30 faults=5",
  })
  void everyPromiseIsKeptThroughCrashesAndBreaks(int nodes, int seeds, String settings) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String setting : settings.split(" ", -1)) {
      options.put(setting.substring(0, setting.indexOf('=')), setting.replaceAll(".*=", ""));
    }
    List<String> violations = new ArrayList<>();

    for (long seed = 1; seed <= seeds; seed++) {
      var request = SimulationRequest.of("broadcast", nodes, seed, options);
      violations.addAll(Simulate.run(request).violations());
    }

    assertThat(violations).isEmpty();
  }

  @Test
  void quietNetworkCarriesEachBatchOnceToEachInLogarithmicallyManyHops() {
    var request = SimulationRequest.of("broadcast", 100, 1, Map.of());

    SimulationReport report = Simulate.run(request);

    assertThat(report.violations()).isEmpty();
    assertThat(report.published()).isEqualTo(100);
    assertThat(report.missing()).isZero();
    assertThat(report.figures().sendsPerDelivery().orElseThrow()).isLessThanOrEqualTo(1.02);
    assertThat(report.figures().hopsMax().orElseThrow()).isLessThanOrEqualTo(4);
    assertThat(report.figures().coverageBeforeRepair().orElseThrow()).isGreaterThan(0.99);
  }
}
