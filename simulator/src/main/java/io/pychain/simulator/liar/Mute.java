package io.pychain.simulator.liar;

import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Core;
import java.time.Instant;

/// Silences network sync everywhere from some moment on, to see how far broadcast gets alone.
public final class Mute {
  private boolean silent;

  /// Cores as another maker makes them, which fall silent when all others do.
  public Core.Maker over(Core.Maker honest) {
    return (identity, config, stored, random) ->
        new Spoilt(honest.start(identity, config, stored, random)) {
          @Override
          void spoil(Instant now, Input input, Effects effects) {
            if (silent) {
              effects.send().removeIf(send -> isSync(send.frame()));
              effects.serve().clear();
            }
          }
        };
  }

  /// From now on nobody says a word of network sync.
  public void begin() {
    silent = true;
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
