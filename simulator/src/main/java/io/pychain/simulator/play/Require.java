package io.pychain.simulator.play;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `require CONDITION… within=TIME [as=healed]`: lets time pass until all of it is so at once; that
/// it comes to be so in time is a promise. How long it took may be a figure of the report.
///
/// A rehearsal, in which network sync is silent, waits as long and requires nothing.
///
/// @param conditions names of [Conditions]
/// @param within how long at most
/// @param healed whether the time it takes is the figure `healed_seconds`
record Require(List<String> conditions, Duration within, boolean healed) implements Step {
  static Step of(Words words) {
    boolean healed = words.maybe("as").filter("healed"::equals).isPresent();
    List<String> conditions = words.rest();
    conditions.stream()
        .filter(name -> !Conditions.exists(name))
        .findFirst()
        .ifPresent(name -> {
          throw words.wrong("there is no condition " + name + "; there are " + Conditions.names());
        });
    return new Require(conditions, words.time("within"), healed);
  }

  @Override
  public void in(Play play) {
    List<Condition> all = conditions.stream().map(name -> Conditions.of(name, play)).toList();
    long begin = play.world().timeline().now();
    boolean met = play.world().await(() -> all.stream().allMatch(Condition::holds), within);
    if (met && healed) {
      play.figures().healed((play.world().timeline().now() - begin) / 1e9);
    }
    if (!met && !play.isRehearsal()) {
      Optional<Condition> failed = all.stream().filter(each -> !each.holds()).findFirst();
      String lacking = failed.map(Condition::lacking).orElse("not all of it at once");
      play.world().fail("%s: not within %s s".formatted(lacking, within.toMillis() / 1e3));
    }
  }
}
