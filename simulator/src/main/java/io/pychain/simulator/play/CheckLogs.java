package io.pychain.simulator.play;

/// `check-logs`: everybody who runs holds the same logs, with everything that was acknowledged, and
/// has answered whoever asked it to publish.
record CheckLogs() implements Step {
  @Override
  public void in(Play play) {
    if (!play.isRehearsal()) {
      play.world().settled();
    }
  }
}
