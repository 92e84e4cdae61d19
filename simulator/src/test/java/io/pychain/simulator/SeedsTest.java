package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many small networks, each with troubles of its own. A failure prints the commands that replay
/// it.
class SeedsTest {

  @ParameterizedTest
  @CsvSource({
    "broadcast,  1, 10, messages=30 rate=50 join=cold crashes=2 faults=2",
    "broadcast,  2, 20, messages=30 rate=20 join=cold crashes=3 breaks=5",
    "broadcast,  7, 40, messages=30 rate=5 join=cold crashes=2 breaks=4",
    "broadcast,  5, 20, messages=200 rate=200 crashes=2 breaks=3",
    "chaos,      3, 60, trouble=2 join=cold",
    "chaos,      7, 100, trouble=2 mess=0.05",
    "chaos,     12, 40, trouble=4 mess=0.02",
    "chaos,     12, 20, silent=0.2 hoarders=0.2 replayers=0.1 accusers=0.1 forkers=0.1",
    "chaos,     30, 5, trouble=8 join=cold messages=50",
    "chaos,     20, 20, forgers=0.3",
    "power-cuts, 5, 30, cuts=40 messages=300",
    "split-heal, 12, 20, minutes=1 messages=60",
    "banned,    12, 10, messages=20",
    "banned,    30, 3, messages=40 loss=0.05",
    "churn,     20, 10, minutes=1 messages=60 rate=0.05",
    "lossy,     20, 10, messages=100 dead=0.1 patience=15",
    "lossy,     60, 10, messages=150 rate=150 loss=0.1 dead=0.02",
    "silent-relays, 20, 10, messages=20",
    "flood,      20, 10, flooders=0.1 messages=100",
    "colluders, 60, 3, by=chance messages=20",
    "colluders, 60, 3, by=plot messages=20",
    "join-burst, 30, 10, patience=15",
    "join-and-drop, 40, 5, honest=0.4 minutes=0.1 messages=50 every=500",
    "one-death, 30, 5, how=crash",
    "one-death, 30, 3, how=freeze",
    "slow-and-liars, 24, 2, minutes=3",
    "mass-death, 40, 10, dead=0.4 patience=6",
  })
  void everyPromiseIsKeptThroughTrouble(String scenario, int nodes, int seeds, String settings) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String setting : settings.split(" ", -1)) {
      options.put(setting.substring(0, setting.indexOf('=')), setting.replaceAll(".*=", ""));
    }

    List<String> violations =
        LongStream.rangeClosed(1, seeds)
            .parallel()
            .mapToObj(seed -> SimulationRequest.of(scenario, nodes, seed, options))
            .flatMap(request -> Simulate.run(request).violations().stream())
            .toList();

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

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void whoPublishesAHundredTimesTooMuchDelaysNobodyAndGetsNoMoreThanPushAndSyncAllow(long seed) {
    SimulationReport without = Simulate.run(flood(seed, "0"));
    SimulationReport with = Simulate.run(flood(seed, "0.05"));

    assertThat(without.violations()).isEmpty();
    assertThat(with.violations()).isEmpty();
    double delay = without.figures().delayP99Ms().orElseThrow();
    assertThat(with.figures().delayP99Ms().orElseThrow()).isLessThanOrEqualTo(2 * delay);
    assertThat(with.figures().untruePerNodeSecond().orElseThrow()).isBetween(10.0, 9.25 * 10);
  }

  private static SimulationRequest flood(long seed, String share) {
    Map<String, String> options = Map.of("messages", "300", "rate", "10", "flooders", share);
    return SimulationRequest.of("flood", 20, seed, options);
  }

  @ParameterizedTest
  @CsvSource({"crash, 3.5", "power-cut, 5"})
  void oneDeathIsKnownToAllWithinSeconds(String how, double seconds) {
    var request = SimulationRequest.of("one-death", 40, 1, Map.of("how", how));

    SimulationReport report = Simulate.run(request);

    assertThat(report.violations()).isEmpty();
    assertThat(report.figures().detectP99Seconds().orElseThrow()).isLessThanOrEqualTo(seconds);
  }
}
