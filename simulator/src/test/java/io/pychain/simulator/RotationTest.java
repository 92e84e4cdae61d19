package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Backup;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A publishing member of a network of 12 takes another key.
class RotationTest {
  private static final int NODES = 12;
  private static final int MEMBER = 5;
  private static final Guid GUID = Guid.of(MEMBER);
  private static final int SECOND = 65;
  private static final int THIRD = 129;
  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void memberGoesOnWithAnotherKeyAndNobodyLosesAWord(long seed) {
    World world = warm(seed);
    Machine member = world.machine(MEMBER);
    publish(world, member);

    rotate(world, member);
    assertThat(publish(world, member)).as("until it stops").isInstanceOf(Answer.Published.class);
    restart(member);
    publish(world, member);

    world.require("all have the new epoch", () -> allHave(world, SECOND), PATIENCE);
    world.require("all hold the same", () -> isOne(world), PATIENCE);
    world.settled();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void crashAtAnyMomentLeavesOneKeyThatWorks(long seed) {
    World world = warm(seed);
    SplittableRandom random = new SplittableRandom(seed);
    Machine member = world.machine(MEMBER);
    publish(world, member);
    for (int crash = 0; crash < 4; crash++) {
      member.ask(ticket -> new Input.Rotate(ticket, member.nextKey()), _ -> {});
      world.pass(Duration.ofNanos(random.nextLong(60_000_000)));
      Machine falls = random.nextInt(4) == 0 ? world.machine(0) : member;
      falls.powerOff();
      world.pass(Duration.ofMillis(random.nextInt(3_000)));
      falls.restart();
      assertThat(publish(world, member)).isInstanceOf(Answer.Published.class);
    }

    rotate(world, member);
    restart(member);
    publish(world, member);

    world.require("all hold the same", () -> isOne(world), PATIENCE);
    assertThat(world.machines()).allMatch(machine -> lastEpoch(machine) >= SECOND);
    world.settled();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoWasAwayForOneRotationOrTwoCatchesUp(long seed) {
    World world = warm(seed);
    Machine member = world.machine(MEMBER);
    publish(world, member);
    Machine forTwo = world.machine(8);
    Machine forOne = world.machine(9);
    forTwo.crash();
    rotate(world, member);
    restart(member);
    publish(world, member);
    forOne.crash();
    rotate(world, member);
    restart(member);
    publish(world, member);

    forOne.restart();
    forTwo.restart();
    publish(world, member);

    world.require("all have the last epoch", () -> allHave(world, THIRD), PATIENCE);
    world.require("all hold the same", () -> isOne(world), PATIENCE);
    world.settled();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void newcomerVerifiesWhatEveryKeyHasSigned(long seed) {
    World world = new World(WorldConfig.of(NODES), seed);
    world.startWarm(NODES - 1);
    world.pass(Duration.ofSeconds(4));
    Machine member = world.machine(MEMBER);
    publish(world, member);
    for (int i = 0; i < 2; i++) {
      rotate(world, member);
      restart(member);
      publish(world, member);
    }
    world.require("all hold the same", () -> isOne(world), PATIENCE);

    Machine newcomer = world.machine(NODES - 1);
    newcomer.restart();

    world.require("it is in", newcomer::isRunning, PATIENCE);
    world.require("all hold the same", () -> isOne(world), PATIENCE);
    assertThat(epochs(newcomer)).contains(1, SECOND, THIRD);
    world.settled();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oldCopyOfTheFolderIsTurnedAwayAndPublishesNothing(long seed) {
    World world = warm(seed);
    Machine member = world.machine(MEMBER);
    publish(world, member);
    Backup old = Backup.of(member);
    rotate(world, member);
    restart(member);
    publish(world, member);
    world.require("all have the new epoch", () -> allHave(world, SECOND), PATIENCE);
    member.crash();

    old.putInto(member);
    member.restart();

    assertThat(publish(world, member))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.reason()).startsWith("the key of this node"));
    world.pass(Duration.ofSeconds(30));
    world.require("every link is closed at once", () -> member.linkCount() == 0, AT_ONCE);
    assertThat(answer(world, member, ticket -> new Input.Rotate(ticket, member.nextKey())))
        .as("cannot rotate again")
        .isInstanceOf(Answer.NotRotated.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void banCoversAMemberThatHasRotatedAndAPardonIsForItsNewKey(long seed) {
    World world = warm(seed);
    Machine member = world.machine(MEMBER);
    publish(world, member);
    rotate(world, member);
    restart(member);
    publish(world, member);
    world.require("all have the new epoch", () -> allHave(world, SECOND), PATIENCE);

    answer(world, world.machine(0), ticket -> new Input.Ban(ticket, GUID, false));
    world.require("all keep to it", () -> isAlone(world), AT_ONCE);
    restart(member);
    world.pass(Duration.ofSeconds(10));
    assertThat(isAlone(world)).isTrue();
    answer(world, world.machine(0), ticket -> new Input.Unban(ticket, GUID));

    world.require("it is back", () -> member.linkCount() > 1, PATIENCE);
    assertThat(publish(world, member)).isInstanceOf(Answer.Published.class);
    world.require("all hold the same", () -> isOne(world), PATIENCE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bannedGetsNoOtherKeyAndOneThatItHoldsInReserveIsBannedToo(long seed) {
    World world = warm(seed);
    Machine member = world.machine(MEMBER);
    boolean inReserve = seed % 2 == 0;
    if (inReserve) {
      rotate(world, member);
    }

    answer(world, world.machine(0), ticket -> new Input.Ban(ticket, GUID, false));
    world.require("all keep to it", () -> isAlone(world), AT_ONCE);

    if (inReserve) {
      restart(member);
      world.pass(Duration.ofSeconds(20));
    } else {
      assertThat(answer(world, member, ticket -> new Input.Rotate(ticket, member.nextKey())))
          .isInstanceOf(Answer.NotRotated.class);
    }
    assertThat(isAlone(world)).isTrue();
    assertThat(publish(world, member)).isInstanceOf(Answer.Refused.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bootNodeTakesAnotherKeyAndGoesOnAdmitting(long seed) {
    World world = new World(WorldConfig.of(NODES), seed);
    world.startWarm(NODES - 1);
    world.pass(Duration.ofSeconds(4));
    Machine boot = world.machine(0);

    rotate(world, boot);
    restart(boot);
    world.machine(NODES - 1).restart();

    world.require("one more is in", world.machine(NODES - 1)::isRunning, PATIENCE);
    rotate(world, world.machine(MEMBER));
    restart(world.machine(MEMBER));
    publish(world, world.machine(MEMBER));
    world.require("all have the new epoch", () -> allHave(world, SECOND), PATIENCE);
    world.require("all hold the same", () -> isOne(world), PATIENCE);
    world.settled();
  }

  private static World warm(long seed) {
    World world = new World(WorldConfig.of(NODES), seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(4));
    return world;
  }

  private static void rotate(World world, Machine machine) {
    assertThat(answer(world, machine, ticket -> new Input.Rotate(ticket, machine.nextKey())))
        .isInstanceOf(Answer.Rotated.class);
  }

  private static void restart(Machine machine) {
    machine.crash();
    machine.restart();
  }

  private static Answer publish(World world, Machine machine) {
    List<Answer> answers = new ArrayList<>();
    Message message = new Message(Message.JSON, Bytes.utf8(Long.toString(world.timeline().now())));
    machine.publish(List.of(message), answers::add);
    world.require("an answer", () -> !answers.isEmpty(), Duration.ofSeconds(15));
    return answers.getFirst();
  }

  private static Answer answer(World world, Machine machine, LongFunction<Input> order) {
    List<Answer> answers = new ArrayList<>();
    machine.ask(order, answers::add);
    world.require("an answer", () -> !answers.isEmpty(), Duration.ofSeconds(15));
    return answers.getFirst();
  }

  private static List<Integer> epochs(Machine machine) {
    return machine.delivered().stream()
        .map(Delivery::batch)
        .filter(batch -> batch.log().guid().equals(GUID))
        .map(batch -> batch.log().epoch())
        .distinct()
        .toList();
  }

  private static int lastEpoch(Machine machine) {
    return epochs(machine).stream().mapToInt(epoch -> epoch).max().orElse(0);
  }

  private static boolean allHave(World world, int epoch) {
    return world.machines().stream()
        .filter(Machine::isRunning)
        .allMatch(machine -> lastEpoch(machine) == epoch);
  }

  private static boolean isAlone(World world) {
    Machine member = world.machine(MEMBER);
    return world.machines().stream()
        .filter(machine -> !machine.equals(member))
        .allMatch(machine -> !machine.isLinkedTo(member));
  }

  private static boolean isOne(World world) {
    return world.machines().stream()
            .flatMap(machine -> machine.core().stream())
            .mapToLong(Core::print)
            .distinct()
            .count()
        == 1;
  }
}
