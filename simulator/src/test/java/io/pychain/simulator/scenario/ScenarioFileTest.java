package io.pychain.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A story is read as it is written, and what makes no sense is refused with its place.
class ScenarioFileTest {
  private static final Option PAYLOAD =
      new Option("payload", "200", new Option.Kind.Whole(16, 1024), "bytes");

  @Test
  void storyIsWhatItsFileSays() {
    Scenario story =
        ScenarioFile.parse(
            "tale",
            """
            # nobody reads this
            about   what it is about
            nodes   12
            rehearse

            option  loss  0.1    0.0..1.0     share lost
            option  how   crash  crash|pause  in which way
            default payload 300
            weather loss=${loss}
            afflict ${how} count=1
            """,
            List.of(PAYLOAD));

    assertThat(story.about()).isEqualTo("what it is about");
    assertThat(story.nodes()).isEqualTo(12);
    assertThat(story.rehearsed()).isTrue();
    assertThat(story.options()).extracting(Option::key).containsExactly("loss", "how", "payload");
    assertThat(story.options().getLast().fallback()).isEqualTo("300");
    assertThat(story.steps())
        .extracting(Scenario.Line::text)
        .containsExactly("weather loss=${loss}", "afflict ${how} count=1");
    assertThat(story.steps().getFirst().place()).isEqualTo("tale.scenario:9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "option loss 0.1                 | an option has a key, a default, what is allowed",
        "option loss 2.0 0.0..1.0 lost   | option loss is a number from 0.0 to 1.0",
        "option loss 2 one..two lost     | bounds are numbers, not one..two",
        "default colour green            | a default is for a common option, not for \"colour\"",
        "default payload                 | a default is for a common option, not for \"payload\"",
        "default payload 3               | option payload is a whole number from 16 to 1024",
      })
  void whatMakesNoSenseIsRefusedWithItsPlace(String line, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScenarioFile.parse("tale", "\n" + line, List.of(PAYLOAD)))
        .withMessageStartingWith("tale.scenario:2: " + complaint);
  }

  @Test
  void valuesOfOptionsAreFilledIn() {
    Settings settings = new Settings(List.of(PAYLOAD), Map.of("payload", "64"));

    assertThat(settings.fill("publish payload=${payload} twice ${payload}"))
        .isEqualTo("publish payload=64 twice 64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.fill("${colour}"))
        .withMessage("no such option: colour");
  }

  @Test
  void everyScenarioHasItsFileAndOptionsOfItsOwnName() {
    for (String name : Scenarios.names()) {
      Scenario story = Scenarios.find(name).orElseThrow();

      assertThat(story.about()).as(name).isNotBlank();
      assertThat(story.steps()).as(name).isNotEmpty();
      assertThat(story.options()).as(name).extracting(Option::key).doesNotHaveDuplicates();
    }
    assertThat(Scenarios.find("common")).isEmpty();
  }
}
