package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.admission.Terms;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.protocol.Stored;
import io.pychain.simulator.check.Measures;
import io.pychain.simulator.check.Onlooker;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.Weather;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What network sync costs while all is well, and how soon it brings what is missing.
class SyncingTest {
  private final Seen seen = new Seen();

  /// Counts what is sent.
  private static final class Seen implements Onlooker {
    private final Map<String, Integer> frames = new TreeMap<>();
    private long newsRows;

    @Override
    public void sent(int node, int to, Frame frame) {
      frames.merge(frame.getClass().getSimpleName(), 1, Integer::sum);
      if (frame instanceof Frame.News news) {
        newsRows += news.logs().size() + news.records().size();
      }
    }

    int count(Class<? extends Frame> kind) {
      return frames.getOrDefault(kind.getSimpleName(), 0);
    }
  }

  @Test
  void membersThatHoldTheSameAskOnceForEachLinkAndLookNoFurther() {
    World world = new World(WorldConfig.of(50), 1);
    world.witness().show(seen);
    world.startWarm();
    world.pass(Duration.ofSeconds(10));

    long links = world.machines().stream().mapToLong(Machine::linkCount).sum() / 2;
    assertThat(seen.count(Frame.SyncRequest.class)).isBetween((int) links, (int) (links * 1.3));
    assertThat(seen.count(Frame.Probe.class)).isZero();
    assertThat(seen.count(Frame.Fetch.class)).isZero();
  }

  @Test
  void peersAreToldNoMoreThanTwiceOfEachMessageWhileNothingIsLost() {
    World world = warm(100, 1);
    world.witness().show(seen);

    publish(world, 500, 500, new SplittableRandom(1));
    world.pass(Duration.ofSeconds(3));

    Measures measures = world.witness().measures();
    assertThat(world.missing(_ -> true)).isZero();
    assertThat((double) seen.newsRows / measures.batchesOfOthers()).isLessThan(2);
    assertThat((double) measures.controlBytes() / measures.batchesOfOthers()).isLessThan(40);
  }

  @Test
  void ownMessagesAreToldToNobodyWhoWasHandedThem() {
    World world = warm(3, 1);
    world.witness().show(seen);

    world.machine(0).publish(List.of(new Message(Message.JSON, Bytes.utf8("1"))), _ -> {});
    world.pass(Duration.ofSeconds(2));

    assertThat(world.machine(1).delivered())
        .extracting(Persist.Delivery::via)
        .endsWith(Persist.Via.PUSH);
    assertThat(seen.count(Frame.News.class)).as("1 and 2 tell each other").isLessThanOrEqualTo(2);
  }

  @Test
  void whoIsAloneWithAMessageOfAQuietNetworkIsNotComparedWithForIt() {
    World world = warm(30, 1);
    world.witness().show(seen);

    publish(world, 1, 1, new SplittableRandom(1));
    world.pass(Duration.ofSeconds(3));

    assertThat(seen.count(Frame.SyncRequest.class)).isZero();
    assertThat(seen.count(Frame.News.class)).isLessThanOrEqualTo(3 * 30);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyHoleIsClosedWithinTwoSecondsThoughRepairsGetLostToo(long seed) {
    World world = warm(60, seed);
    world.turn(new Weather(0.05, 0.01, 0.01, Duration.ofMillis(100)));

    publish(world, 300, 100, new SplittableRandom(seed));
    world.require("all have all", () -> world.missing(_ -> true) == 0, Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoWasAwayIsUpToDateASecondAfterItIsBack(long seed) {
    World world = warm(40, seed);
    Machine away = world.machine(7);
    away.crash();
    publish(world, 800, 1_000, new SplittableRandom(seed));
    world.pass(Duration.ofSeconds(5));

    away.restart();

    world.require("it has all", () -> world.missing(_ -> true) == 0, Duration.ofSeconds(1));
    world.settled();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void peersThatClaimEverythingAndAnswerNothingHoldUpNobody(long seed) {
    World world = warm(40, seed);
    Machine away = world.machine(7);
    away.crash();
    world.machines().stream()
        .filter(machine -> machine.index() % 4 == 1)
        .forEach(machine -> rerun(machine, SyncingTest::hoarder));
    world.pass(Duration.ofSeconds(10));
    publish(world, 500, 500, new SplittableRandom(seed));
    world.pass(Duration.ofSeconds(5));

    away.restart();

    world.require("it has all", () -> world.missing(_ -> true) == 0, Duration.ofSeconds(4));
  }

  private static void rerun(Machine machine, Core.Maker core) {
    machine.crash();
    machine.run(core);
    machine.restart();
  }

  /// Says what it holds, as it should, and never sends it.
  private static Core hoarder(
      Identity identity, ProtocolConfig config, Stored stored, RandomGenerator random) {
    Core sound = Core.protocol(identity, config, stored, random);
    return new Core() {
      @Override
      public Effects handle(Instant now, Input input) {
        Effects effects = sound.handle(now, input);
        effects.serve().clear();
        return effects;
      }

      @Override
      public Instant deadline() {
        return sound.deadline();
      }

      @Override
      public Optional<Terms> terms() {
        return sound.terms();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void recordsThatTheDiskRefusedAreOnItOnceItWorksAgain(long seed) {
    World world = new World(WorldConfig.of(6), seed);
    Machine full = world.machine(3);
    world.startCold(5, Duration.ofMillis(100));
    world.pass(Duration.ofSeconds(5));
    full.breakDisk();
    publish(world, 1, 1, new SplittableRandom(seed));

    world.machine(5).restart();
    world.pass(Duration.ofSeconds(5));
    assertThat(full.membersKnown()).as("while the disk is full").isEqualTo(5);

    full.repairDisk();
    world.pass(Duration.ofSeconds(5));
    assertThat(full.membersKnown()).isEqualTo(6);
  }

  private static World warm(int nodes, long seed) {
    World world = new World(WorldConfig.of(nodes), seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(8));
    world.witness().measure();
    return world;
  }

  /// Publishes at a rate, each time at another machine that runs.
  private static void publish(World world, int messages, int perSecond, SplittableRandom random) {
    for (int i = 0; i < messages; i++) {
      Machine machine = world.machine(random.nextInt(world.machines().size()));
      if (machine.isRunning()) {
        machine.publish(List.of(new Message(Message.JSON, Bytes.utf8("" + i))), _ -> {});
      }
      world.pass(Duration.ofSeconds(1).dividedBy(perSecond));
    }
  }
}
