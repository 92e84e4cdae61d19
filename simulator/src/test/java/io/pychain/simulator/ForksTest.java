package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.liar.Liars;
import io.pychain.simulator.world.Backup;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A member that tells two stories on purpose.
class ForksTest {
  private static final int NODES = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 15);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void forkIsProvenToldToAllAndClosedEverywhere(long seed) {
    World world = warmWithALiar(seed, 5);
    publish(world, 5, 3);

    world.require("everybody closes the log", () -> allHaveClosed(world), PATIENCE);
    world.require(
        "everybody hears of it",
        () -> world.machines().stream().allMatch(ForksTest::hasHeard),
        PATIENCE);
    honestGoOn(world);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoWasAwayLearnsOfItAndSoDoesANewcomerToTheStory(long seed) {
    World world = warmWithALiar(seed, 5);
    Machine away = world.machine(7);
    away.crash();
    publish(world, 5, 3);
    world.require("the others close the log", () -> othersHaveClosed(world, away), PATIENCE);
    world.machine(5).crash();

    away.restart();

    world.require("so does who was away", () -> hasClosed(away, story(5)), PATIENCE);
    honestGoOn(world);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingMoreOfAClosedLogIsTaken(long seed) {
    World world = warmWithALiar(seed, 5);
    publish(world, 5, 2);
    world.require("everybody closes the log", () -> allHaveClosed(world), PATIENCE);
    world.pass(Duration.ofSeconds(2));
    List<Long> before = world.machines().stream().map(machine -> taken(machine, story(5))).toList();

    publish(world, 5, 3);
    world.pass(Duration.ofSeconds(20));

    assertThat(world.machines().stream().map(machine -> taken(machine, story(5))))
        .isEqualTo(before);
    assertThat(world.machines())
        .as("what it publishes in its next epoch is taken")
        .allMatch(machine -> taken(machine, new LogId(Guid.of(5), 2)) > 0);
  }

  private static World warmWithALiar(long seed, int liar) {
    World world = new World(WorldConfig.of(NODES), seed);
    world.machine(liar).run(Liars.of("fork-maker", Core::protocol).orElseThrow());
    world.witness().ledger().distrust(liar);
    world.startWarm();
    world.pass(Duration.ofSeconds(4));
    return world;
  }

  private static void honestGoOn(World world) {
    publish(world, 2, 3);
    world.require("all logs are equal", () -> world.behind(Machine::isRunning) == 0, PATIENCE);
  }

  private static void publish(World world, int node, int count) {
    for (int i = 0; i < count; i++) {
      Message message =
          new Message(Message.JSON, Bytes.utf8(Long.toString(world.timeline().now())));
      world.machine(node).publish(List.of(message), _ -> {});
      world.pass(Duration.ofMillis(300));
    }
  }

  private static boolean allHaveClosed(World world) {
    return world.machines().stream().allMatch(machine -> hasClosed(machine, story(5)));
  }

  private static boolean othersHaveClosed(World world, Machine away) {
    return world.machines().stream()
        .allMatch(machine -> machine.equals(away) || hasClosed(machine, story(5)));
  }

  private static boolean hasClosed(Machine machine, LogId log) {
    return Backup.of(machine).hasProof(log);
  }

  private static LogId story(int guid) {
    return new LogId(Guid.of(guid), 1);
  }

  private static boolean hasHeard(Machine machine) {
    return machine.delivered().stream()
        .flatMap(delivery -> delivery.batch().messages().stream())
        .anyMatch(message -> message.data().utf8().contains("FORK_FOUND"));
  }

  private static long taken(Machine machine, LogId log) {
    return machine.delivered().stream()
        .map(Delivery::batch)
        .filter(batch -> batch.log().equals(log))
        .count();
  }
}
