package io.pychain.simulator.liar;

import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Core;
import java.time.Instant;

/// An honest member without network sync, to see how far broadcast gets alone.
public final class Mute extends Spoilt {
  private Mute(Core honest) {
    super(honest);
  }

  /// Cores as another maker makes them, but mute.
  public static Core.Maker of(Core.Maker honest) {
    return (identity, config, stored, random) ->
        new Mute(honest.start(identity, config, stored, random));
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    effects.send().removeIf(send -> isSync(send.frame()));
    effects.serve().clear();
  }

  private static boolean isSync(Frame frame) {
    return switch (frame) {
      case Frame.SyncRequest _,
          Frame.Summary _,
          Frame.Heads _,
          Frame.Probe _,
          Frame.Hashes _,
          Frame.Fetch _,
          Frame.Batches _,
          Frame.RecordsWanted _,
          Frame.Records _ ->
          true;
      default -> false;
    };
  }
}
