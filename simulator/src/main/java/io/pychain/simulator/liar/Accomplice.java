package io.pychain.simulator.liar;

import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Core;
import java.time.Instant;
import java.util.List;

/// Will not hear of bans, neither its own nor those of its friends: goes on linking to them, takes
/// what they publish and hands it on.
final class Accomplice extends Spoilt {
  Accomplice(Core honest) {
    super(honest);
  }

  @Override
  public Effects handle(Instant now, Input input) {
    return super.handle(now, deaf(input));
  }

  private static Input deaf(Input input) {
    if (input instanceof Input.Received(var link, Frame frame)) {
      if (frame instanceof Frame.Announce announce && announce.record().isRevoked()) {
        return new Input.Received(link, new Frame.Pong(0));
      }
      if (frame instanceof Frame.Records(List<MemberRecord> records)) {
        return new Input.Received(
            link,
            new Frame.Records(records.stream().filter(record -> !record.isRevoked()).toList()));
      }
    }
    return input;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    // What it does beside is what everybody does.
  }
}
