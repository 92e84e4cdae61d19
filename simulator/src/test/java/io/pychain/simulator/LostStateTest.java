package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.simulator.world.Backup;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Disks that are put back as they once were, or are empty, under the ledger's eyes: no number is
/// used twice, and nothing that anybody else has is lost.
class LostStateTest {
  private static final int NODES = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nodeWithAnOldCopyOfItsDiskGoesOnAfterWhatItsPeersHold(long seed) {
    World world = warm(seed);
    SplittableRandom random = new SplittableRandom(seed);
    Machine machine = world.machine(random.nextInt(NODES));
    publish(world, machine, random.nextInt(5));
    Backup backup = Backup.of(machine);
    publish(world, machine, 1 + random.nextInt(9));
    publish(world, world.machine((machine.index() + 1) % NODES), 5);
    if (random.nextBoolean()) {
      machine.crash();
    } else {
      machine.powerOff();
    }
    world.pass(Duration.ofMillis(500 + random.nextInt(3_000)));

    backup.putInto(machine);
    machine.restart();
    List<Answer> answers = publish(world, machine, 5);
    settle(world);

    assertThat(answers).hasOnlyElementsOfType(Answer.Published.class).hasSize(5);
    assertThat(logsOf(machine)).as("one log, in one epoch").hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nodeWhoseDiskIsEmptyIsTheSameMemberAndGoesOnInItsLog(long seed) {
    World world = warm(seed);
    SplittableRandom random = new SplittableRandom(seed);
    Machine machine = world.machine(1 + random.nextInt(NODES - 1));
    publish(world, machine, 1 + random.nextInt(9));
    machine.crash();
    world.pass(Duration.ofMillis(500 + random.nextInt(3_000)));

    Backup.empty(seed).putInto(machine);
    machine.restart();
    world.require("it is admitted again", machine::isRunning, PATIENCE);
    List<Answer> answers = publish(world, machine, 5);
    settle(world);

    assertThat(answers).hasOnlyElementsOfType(Answer.Published.class).hasSize(5);
    assertThat(machine.guid())
        .hasValueSatisfying(guid -> assertThat(guid.value()).isEqualTo(machine.index()));
    assertThat(logsOf(machine)).as("one log, in one epoch").hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bootNodeThatLostItsTableGivesNoGuidTwice(long seed) {
    World world = new World(WorldConfig.of(NODES + 3), seed);
    world.startCold(NODES, Duration.ofMillis(100));
    List<Machine> first = world.machines().subList(0, NODES);
    world.require("all join", () -> first.stream().allMatch(Machine::isRunning), PATIENCE);
    world.pass(Duration.ofSeconds(4));
    Machine boot = world.machine(0);
    Machine member = world.machine(1 + (int) (seed % (NODES - 1)));
    boot.crash();
    Backup.knowing(seed, member).putInto(boot);

    boot.restart();
    world.machines().subList(NODES, NODES + 3).forEach(Machine::restart);
    world.require(
        "the others join too",
        () -> world.machines().stream().allMatch(Machine::isRunning),
        PATIENCE);
    settle(world);

    assertThat(world.machines()).extracting(Machine::guid).doesNotHaveDuplicates();
    assertThat(boot.guid()).hasValueSatisfying(guid -> assertThat(guid.value()).isZero());
  }

  private static World warm(long seed) {
    World world = new World(WorldConfig.of(NODES), seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(3));
    return world;
  }

  private static List<Answer> publish(World world, Machine machine, int count) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      machine.publish(List.of(message(world)), answers::add);
      world.pass(Duration.ofMillis(40));
    }
    return answers;
  }

  private static void settle(World world) {
    world.require("all is answered", () -> world.unanswered(Machine::isRunning) == 0, PATIENCE);
    world.require("all logs are equal", () -> world.behind(Machine::isRunning) == 0, PATIENCE);
    world.settled();
  }

  private static List<LogId> logsOf(Machine machine) {
    return machine.delivered().stream()
        .filter(delivery -> delivery.via() == Via.LOCAL)
        .map(Delivery::batch)
        .map(batch -> batch.log())
        .distinct()
        .toList();
  }

  private static Message message(World world) {
    return new Message(Message.JSON, Bytes.utf8(Long.toString(world.timeline().now())));
  }
}
