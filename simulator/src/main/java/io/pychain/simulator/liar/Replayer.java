package io.pychain.simulator.liar;

import io.pychain.core.link.LinkId;
import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Core;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Sends what it once got or sent to anybody, again and again.
final class Replayer extends Spoilt {
  private static final int KEPT_MAX = 256;
  private static final double CHANCE = 0.1;

  private final RandomGenerator random;
  private final List<Frame> kept = new ArrayList<>();
  private final List<LinkId> links = new ArrayList<>();

  Replayer(Core honest, RandomGenerator random) {
    super(honest);
    this.random = random;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    switch (input) {
      case Input.LinkUp up -> links.add(up.link());
      case Input.LinkDown down -> links.remove(down.link());
      case Input.Received received -> keep(received.frame());
      default -> {}
    }
    effects.send().forEach(send -> keep(send.frame()));
    if (!links.isEmpty() && !kept.isEmpty() && random.nextDouble() < CHANCE) {
      LinkId victim = links.get(random.nextInt(links.size()));
      Frame frame = kept.get(random.nextInt(kept.size()));
      effects.send().add(new Effects.Send(victim, frame));
    }
  }

  private void keep(Frame frame) {
    if (kept.size() < KEPT_MAX) {
      kept.add(frame);
    } else {
      kept.set(random.nextInt(KEPT_MAX), frame);
    }
  }
}
