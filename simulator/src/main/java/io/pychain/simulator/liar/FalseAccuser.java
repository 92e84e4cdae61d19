package io.pychain.simulator.liar;

import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.simulator.world.Core;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Accuses the members next to it on the ring, and now and then any other, again and again: always
/// the newest record, so that an answer only brings the next accusation.
///
/// All liars of this kind next to a member accuse it, as if they had agreed to.
final class FalseAccuser extends Spoilt {
  private static final Duration EVERY = Duration.ofSeconds(5);

  /// Members on either side that it accuses: as many as have a say with the protocol's defaults.
  private static final int REACH = 12;

  private static final double ANYBODY = 0.1;

  private final Guid self;
  private final RandomGenerator random;
  private final TreeMap<Guid, MemberRecord> records = new TreeMap<>();
  private Instant nextLie = Instant.MIN;
  private long ticket;

  FalseAccuser(Core honest, List<MemberRecord> known, Guid self, RandomGenerator random) {
    super(honest);
    this.self = self;
    this.random = random;
    known.forEach(this::learn);
  }

  @Override
  public Instant deadline() {
    Instant honest = super.deadline();
    return honest.isBefore(nextLie) ? honest : nextLie;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    listen(input);
    if (nextLie.equals(Instant.MIN)) {
      nextLie = now.plusMillis(random.nextLong(EVERY.toMillis()));
    } else if (!nextLie.isAfter(now)) {
      nextLie = now.plus(EVERY);
      victim().ifPresent(record -> add(super.honestly(now, lie(record)), effects));
    }
    effects.answers().removeIf(answer -> answer.ticket() < 0);
  }

  private Input lie(MemberRecord victim) {
    return new Input.Publish(--ticket, List.of(Suspicion.of(victim).message()));
  }

  private Optional<MemberRecord> victim() {
    List<MemberRecord> others = new ArrayList<>(records.values());
    if (random.nextDouble() >= ANYBODY) {
      others.sort(Comparator.comparing(this::distance, Long::compareUnsigned));
      others = others.subList(0, Math.min(2 * REACH, others.size()));
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(others.get(random.nextInt(others.size())));
  }

  /// The shorter way round the circle.
  private long distance(MemberRecord other) {
    Position there = other.guid().position();
    long clockwise = self.position().distanceTo(there);
    return Long.compareUnsigned(clockwise, -clockwise) < 0 ? clockwise : -clockwise;
  }

  private void listen(Input input) {
    switch (input) {
      case Input.LinkUp up -> learn(up.record());
      case Input.Received(_, Frame.Announce announce) -> learn(announce.record());
      case Input.Received(_, Frame.Records(List<MemberRecord> news)) -> news.forEach(this::learn);
      default -> {}
    }
  }

  private void learn(MemberRecord record) {
    if (!record.guid().equals(self)) {
      records.merge(record.guid(), record, (old, next) -> next.newerThan(old) ? next : old);
    }
  }
}
