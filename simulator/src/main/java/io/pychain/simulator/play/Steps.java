package io.pychain.simulator.play;

import io.pychain.simulator.scenario.Scenario;
import io.pychain.simulator.scenario.Settings;
import java.util.List;

/// Turns the lines of a story into steps.
final class Steps {
  private Steps() {}

  /// All steps of a story, with the values of this run.
  ///
  /// @throws IllegalArgumentException if a line says nothing that is known; the text says where
  static List<Step> of(Scenario scenario, Settings settings) {
    return scenario.steps().stream().map(line -> of(line, settings)).toList();
  }

  private static Step of(Scenario.Line line, Settings settings) {
    Words words = new Words(line.place(), settings.fill(line.text()));
    Step step = of(words.next(), words);
    words.end();
    return step;
  }

  private static Step of(String verb, Words words) {
    return switch (verb) {
      case "cast" -> Cast.of(words);
      case "switch-on" -> SwitchOn.of(words);
      case "require" -> Require.of(words);
      case "measure" -> new Measure();
      case "measure-idle" -> MeasureIdle.of(words);
      case "publish" -> Publish.of(words);
      case "lay-down" -> LayDown.of(words);
      case "pass" -> Pass.of(words);
      case "afflict" -> Afflict.of(words);
      case "weather" -> Turn.of(words);
      case "divide" -> Divide.of(words);
      case "unite" -> new Unite();
      case "churn" -> Churn.of(words);
      case "visitors" -> Visitors.of(words);
      case "ban" -> Ban.of(words);
      case "unban" -> new Unban();
      case "revive" -> new Revive();
      case "check-logs" -> new CheckLogs();
      default -> throw words.wrong("there is no step " + verb);
    };
  }
}
