package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.simulator.world.Core;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A simulation notices when a node breaks its promises, and says how to see it again.
class FaultsAreFoundTest {
  private static final SimulationRequest REQUEST =
      SimulationRequest.of("broadcast", 5, 7, Map.of("messages", "20", "rate", "50.0"));

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("an own batch is durable before it is sent", FaultyCore::sendsBeforeItIsDurable),
        fault(
            "a publish is durable before it is acknowledged",
            FaultyCore::acknowledgesBeforeItIsDurable),
        fault("each offset is delivered once, in order", FaultyCore::deliversTwice),
        fault("each offset is delivered once, in order", FaultyCore::deliversInAnotherOrder),
        fault("only what is durable is delivered", FaultyCore::deliversBeforeItIsDurable),
        fault("everybody has everything", FaultyCore::neverDelivers),
        fault("everybody has everything", FaultyCore::neverRelaysNorRepairs),
        fault("in the end every publish is answered", FaultyCore::neverAnswers),
        fault("a number in a log has one batch", FaultyCore::altersWhatOthersPublished));
  }

  private static Arguments fault(String promise, FaultyCore.Fault fault) {
    return Arguments.of(promise, FaultyCore.with(fault));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void brokenPromiseIsNamedWithTheCommandThatReplaysIt(String promise, Core.Maker maker) {
    SimulationReport report = Simulate.run(REQUEST, config -> config.with(maker));

    assertThat(report.passed()).isFalse();
    assertThat(report.violations())
        .singleElement()
        .asString()
        .contains(promise)
        .contains("./pychain simulate --scenario broadcast --nodes 5 --seed 7 --set messages=20")
        .containsPattern("after PT.*S, node \\d, on ");
  }

  @Test
  void coreThatThrowsIsAViolationToo() {
    Core.Maker broken =
        FaultyCore.with((core, input, effects) -> {
          throw new IllegalStateException("out of its mind");
        });

    SimulationReport report = Simulate.run(REQUEST, config -> config.with(broken));

    assertThat(report.violations()).singleElement().asString().contains("out of its mind");
  }

  @Test
  void soundCorePasses() {
    SimulationReport report = Simulate.run(REQUEST);

    assertThat(report.violations()).isEmpty();
    assertThat(report.figures().coverage()).hasValue(1);
  }
}
