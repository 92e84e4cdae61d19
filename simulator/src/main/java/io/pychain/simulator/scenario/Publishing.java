package io.pychain.simulator.scenario;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Publishes at an even rate, each time from another machine by chance; a machine that is down is
/// passed over.
final class Publishing {
  private final World world;
  private final SplittableRandom random;
  private final long messages;
  private final long intervalNanos;
  private final int payload;
  private long published;

  Publishing(World world, SplittableRandom random, Settings settings) {
    this.world = world;
    this.random = random;
    this.messages = settings.whole("messages");
    this.intervalNanos = Math.round(1e9 / settings.decimal("rate"));
    this.payload = Math.toIntExact(settings.whole("payload"));
  }

  void start() {
    if (messages > 0) {
      world.timeline().after(0, this::publish);
    }
  }

  private void publish() {
    Machine machine = world.machine(random.nextInt(world.machines().size()));
    Message message = next();
    if (machine.isRunning()) {
      machine.publish(List.of(message), _ -> {});
    }
    if (published < messages) {
      world.timeline().after(intervalNanos, this::publish);
    }
  }

  /// Every message is another: it begins with its number.
  private Message next() {
    byte[] data = new byte[payload];
    random.nextBytes(data);
    byte[] number = "%016x".formatted(published++).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(number, 0, data, 0, number.length);
    return new Message("application/octet-stream", Bytes.wrap(data));
  }
}
