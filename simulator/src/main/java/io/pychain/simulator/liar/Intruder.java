package io.pychain.simulator.liar;

import io.pychain.core.message.Address;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Wants to be linked to one member, that with the lowest GUID, whatever the ring says: dials it
/// every second, and lets go of no link to it.
final class Intruder extends Spoilt {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Optional<MemberRecord> victim;
  private Instant nextDial = Instant.MIN;

  Intruder(Core honest, List<MemberRecord> known, Guid self) {
    super(honest);
    this.victim =
        known.stream()
            .filter(Predicate.not(record -> record.guid().equals(self)))
            .min(Comparator.comparing(MemberRecord::guid));
  }

  @Override
  public Instant deadline() {
    Instant honest = super.deadline();
    return honest.isBefore(nextDial) ? honest : nextDial;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    effects.drop().removeIf(drop -> drop.reason() == Reason.UNNEEDED);
    if (!nextDial.isAfter(now)) {
      nextDial = now.plus(EVERY);
      victim.ifPresent(record -> {
        List<Address> addresses = record.contact().addresses();
        effects.dial().add(new Effects.Dial(record.guid(), addresses));
      });
    }
  }
}
