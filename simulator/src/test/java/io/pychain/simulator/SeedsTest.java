package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
    // nodes, seeds, messages, rate, join, crashes, breaks
    "1,      20,    30,       50,   cold,  4,       0",
    "2,      40,    30,       20,   cold,  5,       5",
    "3,      60,    30,       20,   cold,  6,       2",
    "7,     100,    30,        5,   cold,  3,       4",
    "5,      40,   200,      200,   warm,  3,       3",
    "12,     40,    60,       20,   warm, 10,      10",
    "30,     10,    50,       10,   cold, 10,      30",
  })
  void everyPromiseIsKeptThroughCrashesAndBreaks(
      int nodes, int seeds, int messages, int rate, String join, int crashes, int breaks) {
    Map<String, String> options =
        Map.of(
            "messages", Integer.toString(messages),
            "rate", Integer.toString(rate),
            "join", join,
            "crashes", Integer.toString(crashes),
            "breaks", Integer.toString(breaks));
    List<String> violations = new ArrayList<>();

    for (long seed = 1; seed <= seeds; seed++) {
      var request = new SimulationRequest("broadcast", nodes, seed, options);
      violations.addAll(Simulate.run(request).violations());
    }

    assertThat(violations).isEmpty();
  }

  @Test
  void quietNetworkCarriesEachBatchOnceToEachInLogarithmicallyManyHops() {
    var request = new SimulationRequest("broadcast", 100, 1, Map.of());

    SimulationReport report = Simulate.run(request);

    assertThat(report.violations()).isEmpty();
    assertThat(report.published()).isEqualTo(100);
    assertThat(report.missing()).isZero();
    assertThat(report.figures().sendsPerDelivery().orElseThrow()).isLessThanOrEqualTo(1.02);
    assertThat(report.figures().hopsMax().orElseThrow()).isLessThanOrEqualTo(4);
    assertThat(report.figures().coverageBeforeRepair().orElseThrow()).isGreaterThan(0.99);
  }
}
