package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.NetworkConfig;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks that are asked for more than they can do, under the ledger's eyes: what is acknowledged
/// reaches all, whatever is refused.
class OverloadTest {
  private static final int BYTES_PER_SECOND = 500_000;
  private static final int REQUEST_BYTES = 20 << 10;

  /// Publishers heed their own links only: where two of their streams meet at a relay's thin link,
  /// what it has no room for is fetched.
  private static final double FETCHED_MAX = 0.1;

  private static final Duration STEP = Duration.ofMillis(20);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void publishersDoNotOutrunThinLinks(long seed) {
    NetworkConfig thin = NetworkConfig.continent().withBandwidth(BYTES_PER_SECOND);
    World world = warm(WorldConfig.of(8).with(thin), seed);
    Load first = new Load(world.machine((int) (seed % 8)));
    Load second = new Load(world.machine((int) ((seed + 3) % 8)));

    run(world, Duration.ofSeconds(10), first, second);
    world.pass(Duration.ofSeconds(20));
    world.settled();

    assertThat(first.acknowledged).isPositive();
    assertThat(second.acknowledged).isPositive();
    assertThat((first.acknowledged + second.acknowledged) * REQUEST_BYTES)
        .as("bytes that were taken in ten seconds")
        .isGreaterThan(2 * BYTES_PER_SECOND);
    assertThat(shareBySync(world)).as("what relays had no room for").isLessThan(FETCHED_MAX);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void memberWhoseDiskStallsHoldsUpNobodyButItself(long seed) {
    World world = warm(WorldConfig.of(8), seed);
    Machine stalled = world.machine((int) ((seed + 1) % 8));
    Load own = new Load(stalled);
    Load other = new Load(world.machine((int) (seed % 8)));
    run(world, Duration.ofSeconds(1), own, other);
    long before = other.acknowledged;

    stalled.holdWrites();
    run(world, Duration.ofSeconds(15), own, other);

    assertThat(other.acknowledged - before).isGreaterThan(100);
    assertThat(own.refused).as("in time, with nothing kept").isPositive();
    stalled.releaseWrites();
    world.pass(Duration.ofSeconds(30));
    world.settled();
  }

  private static World warm(WorldConfig config, long seed) {
    World world = new World(config, seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(2));
    return world;
  }

  private static void run(World world, Duration time, Load... loads) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
      for (Load load : loads) {
        load.fill();
      }
      world.pass(STEP);
    }
  }

  private static double shareBySync(World world) {
    List<Persist.Delivery> all =
        world.machines().stream().flatMap(machine -> machine.delivered().stream()).toList();
    double fetched = all.stream().filter(delivery -> delivery.via() == Via.SYNC).count();
    return fetched / all.size();
  }

  /// A publisher that always has so many requests under way.
  private static final class Load {
    private static final int REQUESTS = 64;

    private static final List<Message> REQUEST =
        Collections.nCopies(
            20, new Message("text/plain", Bytes.wrap(new byte[REQUEST_BYTES / 20])));

    private final Machine machine;
    private int underWay;
    private long acknowledged;
    private long refused;

    Load(Machine machine) {
      this.machine = machine;
    }

    void fill() {
      int wanted = REQUESTS - underWay;
      for (int i = 0; i < wanted; i++) {
        underWay++;
        machine.publish(REQUEST, this::answered);
      }
    }

    private void answered(Answer answer) {
      underWay--;
      if (answer instanceof Answer.Published) {
        acknowledged++;
      } else {
        refused++;
      }
    }
  }
}
