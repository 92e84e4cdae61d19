package io.pychain.simulator.play;

import java.time.Duration;

/// `check-logs`: everybody who runs holds the same logs, with everything that was acknowledged, and
/// has answered whoever asked it to publish. What nodes say of their own accord, of the dead for
/// example, may be under way at any moment: it has some seconds to arrive.
record CheckLogs() implements Step {
  private static final int SECONDS_MAX = 10;

  @Override
  public void in(Play play) {
    if (play.isRehearsal()) {
      return;
    }
    for (int i = 0; i < SECONDS_MAX && !play.world().isSettled(); i++) {
      play.world().pass(Duration.ofSeconds(1));
    }
    play.world().settled();
  }
}
