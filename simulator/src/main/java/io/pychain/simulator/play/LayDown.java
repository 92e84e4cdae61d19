package io.pychain.simulator.play;

import io.pychain.core.message.OriginLimits;
import io.pychain.core.protocol.Input;
import java.time.Duration;

/// `lay-down messages=N burst=TIME`: the boot node lays down how many messages a second any one
/// member may publish.
///
/// @param limits of every origin
record LayDown(OriginLimits limits) implements Step {
  static LayDown of(Words words) {
    long messages = words.whole("messages");
    Duration burst = words.time("burst");
    return new LayDown(new OriginLimits(messages, 0, burst));
  }

  @Override
  public void in(Play play) {
    play.world().machine(0).ask(ticket -> new Input.LayDown(ticket, limits), _ -> {});
  }
}
