package io.pychain.simulator.play;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// `publish messages=N rate=N [by=anyone|each] payload=N`: begins to publish at an even rate, each
/// time from another machine: by chance one that is up, or in turn, and then one that is down is
/// passed over with its message.
///
/// @param messages in all
/// @param rate messages a second
/// @param inTurn whether machines publish in turn
/// @param payload bytes of each
record Publish(long messages, double rate, boolean inTurn, int payload) implements Step {
  static Step of(Words words) {
    boolean inTurn = words.maybe("by").orElse("anyone").equals("each");
    return new Publish(
        words.whole("messages"), words.number("rate"), inTurn, words.whole("payload"));
  }

  @Override
  public void in(Play play) {
    play.publishes(Duration.ofNanos(Math.round(messages / rate * 1e9)), messages);
    if (messages > 0) {
      new Publishing(play, play.random().split()).publish();
    }
  }

  private final class Publishing {
    private final Play play;
    private final SplittableRandom random;
    private long published;

    Publishing(Play play, SplittableRandom random) {
      this.play = play;
      this.random = random;
    }

    void publish() {
      Optional<Machine> author = author();
      Message message = next();
      author.ifPresent(machine -> machine.publish(List.of(message), _ -> {}));
      play.published();
      if (published < messages) {
        play.world().timeline().after(Math.round(1e9 / rate), this::publish);
      }
    }

    /// Whose turn it is, if that machine runs; else anyone who does.
    private Optional<Machine> author() {
      World world = play.world();
      return inTurn
          ? Optional.of(world.machine((int) (published % world.machines().size())))
              .filter(Machine::isRunning)
          : play.drawOne(random, Machine::isRunning);
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
}
