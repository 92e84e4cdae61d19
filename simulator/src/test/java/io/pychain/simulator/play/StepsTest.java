package io.pychain.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pychain.simulator.scenario.Scenario;
import io.pychain.simulator.scenario.Scenarios;
import io.pychain.simulator.scenario.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every line of a story is a step, or is refused with its place.
class StepsTest {

  @Test
  void everyStoryCanBePlayed() {
    for (String name : Scenarios.names()) {
      Scenario story = Scenarios.find(name).orElseThrow();

      List<Step> steps = Steps.of(story, new Settings(story.options(), Map.of()));

      assertThat(steps).as(name).hasSameSizeAs(story.steps());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dance                             | there is no step dance",
        "switch-on lukewarm                | a world starts warm or cold, not lukewarm",
        "pass                              | time= is missing",
        "pass time=5                       | a time is in ms, s, m or h, not in \"\"",
        "pass time=fives                   | a time is a number with ms, s, m or h, not fives",
        "pass time=5s loudly               | this says nothing here: [loudly] []",
        "afflict plague count=1            | there is no affliction plague",
        "afflict crash count=many          | count is a number, not many",
        "cast king share=0.1               | there is no role king",
        "require peace within=1s           | there is no condition peace",
        "divide                            | share= is missing",
      })
  void lineThatSaysNothingIsRefusedWithItsPlace(String line, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(line))
        .withMessageStartingWith("tale.scenario:7: " + complaint);
  }

  @Test
  void timesHaveUnitsAndSpansTwoEnds() {
    Words words = new Words("here", "a=250ms b=1.5s c=2m..1h");

    assertThat(words.time("a")).isEqualTo(Duration.ofMillis(250));
    assertThat(words.span("b"))
        .isEqualTo(new Span(Duration.ofMillis(1_500), Duration.ofMillis(1_500)));
    assertThat(words.span("c")).isEqualTo(new Span(Duration.ofMinutes(2), Duration.ofHours(1)));
    words.end();
  }

  private static Step step(String line) {
    Scenario story =
        new Scenario(
            "tale", "", 3, false, List.of(), List.of(new Scenario.Line("tale.scenario:7", line)));
    return Steps.of(story, new Settings(List.of(), Map.of())).getFirst();
  }
}
