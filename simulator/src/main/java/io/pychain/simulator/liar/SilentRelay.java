package io.pychain.simulator.liar;

import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import java.time.Instant;

/// Takes and acknowledges whatever it is asked to hand on, and hands on nothing but what it has
/// published itself.
final class SilentRelay extends Spoilt {
  private final Guid self;

  SilentRelay(Core honest, Guid self) {
    super(honest);
    this.self = self;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    effects.send().removeIf(send -> isRelayed(send.frame()));
  }

  private boolean isRelayed(Frame frame) {
    return switch (frame) {
      case Frame.Push push -> !push.batch().log().guid().equals(self);
      case Frame.Announce announce -> !announce.record().guid().equals(self);
      default -> false;
    };
  }
}
