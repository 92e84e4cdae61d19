package io.pychain.simulator.play;

import java.time.Duration;

/// `switch-on warm|cold [share=S] [every=TIME]`: starts the machines, as members that know each
/// other, or as a boot node and newcomers that follow at an interval.
///
/// @param warm whether they have known each other for long
/// @param share of all machines; the others stay off, for newcomers that come later
/// @param every from one newcomer to the next
record SwitchOn(boolean warm, double share, Duration every) implements Step {
  static Step of(Words words) {
    String how = words.next();
    if (!how.equals("warm") && !how.equals("cold")) {
      throw words.wrong("a world starts warm or cold, not " + how);
    }
    Duration every = words.has("every") ? words.time("every") : Duration.ofMillis(20);
    return new SwitchOn(how.equals("warm"), words.number("share", 1), every);
  }

  @Override
  public void in(Play play) {
    int count = Math.max(1, (int) Math.round(share * play.world().machines().size()));
    if (warm) {
      play.world().startWarm(count);
    } else {
      play.world().startCold(count, every);
    }
  }
}
