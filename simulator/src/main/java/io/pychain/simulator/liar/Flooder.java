package io.pychain.simulator.liar;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Core;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Publishes a hundred times as much as any member may, from the moment when it hears how much that
/// is: it keeps that from the honest core that it wraps.
final class Flooder extends Spoilt {
  private static final int TIMES = 100;
  private static final Duration EVERY = Duration.ofMillis(20);
  private static final int PAYLOAD = 100;

  private final RandomGenerator random;
  private Optional<OriginLimits> limits = Optional.empty();
  private Instant next = Instant.MAX;
  private double owed;
  private long ticket;

  Flooder(Core honest, RandomGenerator random) {
    super(honest);
    this.random = random;
  }

  @Override
  public Effects handle(Instant now, Input input) {
    if (input instanceof Input.Received(_, Parameters parameters)) {
      limits = Optional.of(parameters.limits());
      next = next.equals(Instant.MAX) ? now : next;
      return super.handle(now, new Input.Wake());
    }
    return super.handle(now, input);
  }

  @Override
  public Instant deadline() {
    Instant honest = super.deadline();
    return honest.isBefore(next) ? honest : next;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    if (!next.isAfter(now)) {
      next = now.plus(EVERY);
      double rate = limits.map(OriginLimits::messagesPerSecond).orElse(0L);
      owed += TIMES * rate * EVERY.toNanos() / 1e9;
      List<Message> messages = new ArrayList<>();
      for (; owed >= 1; owed--) {
        messages.add(message());
      }
      if (!messages.isEmpty()) {
        add(honestly(now, new Input.Publish(--ticket, messages)), effects);
      }
    }
    effects.answers().removeIf(answer -> answer.ticket() < 0);
  }

  private Message message() {
    byte[] data = new byte[PAYLOAD];
    random.nextBytes(data);
    return new Message("application/octet-stream", Bytes.wrap(data));
  }
}
