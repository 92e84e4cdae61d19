package io.pychain.simulator.liar;

import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Core;
import java.time.Instant;

/// The real protocol, and something that spoils what it does.
abstract class Spoilt implements Core {
  private final Core honest;

  Spoilt(Core honest) {
    this.honest = honest;
  }

  @Override
  public Effects handle(Instant now, Input input) {
    Effects effects = honest.handle(now, input);
    spoil(now, input, effects);
    return effects;
  }

  @Override
  public Instant deadline() {
    return honest.deadline();
  }

  /// Changes what an honest member would do in answer to an input.
  abstract void spoil(Instant now, Input input, Effects effects);
}
