package io.pychain.simulator.play;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.simulator.world.Machine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// `publish messages=N rate=N [by=anyone|each] payload=N`: begins to publish at an even rate, each
/// time from another machine, by chance or in turn; one that is down is passed over.
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
      Machine machine = play.world().machine(author());
      Message message = next();
      if (machine.isRunning()) {
        machine.publish(List.of(message), _ -> {});
      }
      play.published();
      if (published < messages) {
        play.world().timeline().after(Math.round(1e9 / rate), this::publish);
      }
    }

    private int author() {
      int size = play.world().machines().size();
      return inTurn ? (int) (published % size) : random.nextInt(size);
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
