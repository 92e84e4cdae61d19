package io.pychain.simulator.liar;

import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Core;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// Tells everybody what it holds, and never gives any of it: half of those who ask get an empty
/// answer, the others none.
final class Hoarder extends Spoilt {
  private final RandomGenerator random;

  Hoarder(Core honest, RandomGenerator random) {
    super(honest);
    this.random = random;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    for (Effects.Serve serve : effects.serve()) {
      if (random.nextBoolean()) {
        Frame nothing = new Frame.Batches(serve.fetch().id(), List.of(), List.of(), true);
        effects.send().add(new Effects.Send(serve.link(), nothing));
      }
    }
    effects.serve().clear();
  }
}
