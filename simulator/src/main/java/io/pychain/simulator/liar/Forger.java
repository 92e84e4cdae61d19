package io.pychain.simulator.liar;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Sealed;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Changes now and then what others have signed before it hands it on.
final class Forger extends Spoilt {
  private static final double SHARE = 0.1;

  private final Guid self;
  private final RandomGenerator random;

  Forger(Core honest, Guid self, RandomGenerator random) {
    super(honest);
    this.self = self;
    this.random = random;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    effects
        .send()
        .replaceAll(send -> {
          boolean relayed =
              send.frame() instanceof Frame.Push push && !push.batch().log().guid().equals(self);
          return relayed && random.nextDouble() < SHARE
              ? new Effects.Send(send.link(), forged((Frame.Push) send.frame()))
              : send;
        });
  }

  private static Frame forged(Frame.Push push) {
    Batch batch = push.batch();
    Bytes signature = batch.sealed().signature();
    byte[] other = signature.toArray();
    other[0]++;
    Batch changed =
        new Batch(
            batch.log(),
            batch.firstSeq(),
            batch.previous(),
            batch.timestamp(),
            batch.messages(),
            new Sealed(batch.sealed().content(), Bytes.wrap(other)),
            batch.hash());
    return new Frame.Push(changed, push.limit(), push.hops(), push.number());
  }
}
