package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A member of an honest network that is banned, and obeys.
class BansTest {
  private static final int NODES = 16;
  private static final int BANNED = 5;
  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everybodyCutsTheBannedAndItsPublishesAreRefused(long seed) {
    World world = warm(seed);
    publish(world, BANNED);

    rule(world, true);

    world.require("all keep to it", () -> isKeptTo(world, _ -> true), AT_ONCE);
    world.require("it is alone", () -> world.machine(BANNED).linkCount() == 0, AT_ONCE);
    assertThat(publish(world, BANNED))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.reason()).startsWith("this node is banned"));
    publish(world, 2);
    world.require("the others go on", () -> isOne(world), PATIENCE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoWasAwayLearnsOfTheBan(long seed) {
    World world = warm(seed);
    Machine away = world.machine(9);
    away.crash();
    rule(world, true);
    world.require("the others keep to it", () -> isKeptTo(world, Machine::isUp), AT_ONCE);

    away.restart();

    world.require("so does who was away", () -> isKeptTo(world, _ -> true), AT_ONCE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bannedThatWasAwayLearnsItFromWhomeverItDials(long seed) {
    World world = warm(seed);
    world.machine(BANNED).crash();
    rule(world, true);
    world.require("all keep to it", () -> isKeptTo(world, _ -> true), AT_ONCE);

    world.machine(BANNED).restart();

    world.require("it knows", () -> knows(world.machine(BANNED)), PATIENCE);
    assertThat(publish(world, BANNED)).isInstanceOf(Answer.Refused.class);
    world.machine(BANNED).crash();
    world.machine(BANNED).restart();
    assertThat(publish(world, BANNED)).as("after a restart").isInstanceOf(Answer.Refused.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void banOutlivesTheBootNodeAndRestartsOfAll(long seed) {
    World world = warm(seed);
    rule(world, true);
    world.require("all keep to it", () -> isKeptTo(world, _ -> true), AT_ONCE);

    world.machines().forEach(Machine::crash);
    world.machines().stream().skip(1).forEach(Machine::restart);
    world.pass(Duration.ofSeconds(20));

    assertThat(isKeptTo(world, Machine::isUp)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pardonedComesBackByItselfAndItsMessagesFlow(long seed) {
    World world = warm(seed);
    publish(world, BANNED);
    rule(world, true);
    world.require("all keep to it", () -> isKeptTo(world, _ -> true), AT_ONCE);
    world.pass(Duration.ofSeconds(40));
    if (seed % 2 == 0) {
      world.machine(BANNED).crash();
      world.machine(BANNED).restart();
    }

    rule(world, false);

    world.require("it is back", () -> isBack(world), PATIENCE);
    assertThat(publish(world, BANNED)).isInstanceOf(Answer.Published.class);
    world.require("all hold the same", () -> isOne(world), PATIENCE);
    assertThat(world.machines()).allMatch(BansTest::hasOfTheNewEpoch);
    world.settled();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoWasAwayForBanAndPardonAgreesWithTheOthers(long seed) {
    World world = warm(seed);
    publish(world, BANNED);
    Machine away = world.machine(9);
    away.crash();
    publish(world, BANNED);
    rule(world, true);
    world.pass(Duration.ofSeconds(5));
    rule(world, false);
    world.require("it is back", () -> isBack(world), PATIENCE);

    away.restart();

    world.require("all hold the same", () -> isOne(world), PATIENCE);
    world.settled();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bootNodeBansNeitherItselfNorStrangers(long seed) {
    World world = warm(seed);

    assertThat(answer(world, 0, Guid.of(0), true)).isInstanceOf(Answer.Overruled.class);
    assertThat(answer(world, 0, Guid.of(99), true)).isInstanceOf(Answer.Overruled.class);
    assertThat(answer(world, 0, Guid.of(BANNED), false)).isInstanceOf(Answer.Overruled.class);
    assertThat(answer(world, 3, Guid.of(BANNED), true)).isInstanceOf(Answer.Overruled.class);
  }

  private static World warm(long seed) {
    World world = new World(WorldConfig.of(NODES), seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(4));
    return world;
  }

  private static void rule(World world, boolean ban) {
    assertThat(answer(world, 0, Guid.of(BANNED), ban)).isInstanceOf(Answer.Ruled.class);
  }

  private static Answer answer(World world, int node, Guid guid, boolean ban) {
    List<Answer> answers = new ArrayList<>();
    world
        .machine(node)
        .ask(t -> ban ? new Input.Ban(t, guid, false) : new Input.Unban(t, guid), answers::add);
    world.require("an answer", () -> !answers.isEmpty(), AT_ONCE);
    return answers.getFirst();
  }

  private static Answer publish(World world, int node) {
    List<Answer> answers = new ArrayList<>();
    Message message = new Message(Message.JSON, Bytes.utf8(Long.toString(world.timeline().now())));
    world.machine(node).publish(List.of(message), answers::add);
    world.require("an answer", () -> !answers.isEmpty(), Duration.ofSeconds(15));
    return answers.getFirst();
  }

  private static boolean isKeptTo(World world, Predicate<Machine> which) {
    Machine banned = world.machine(BANNED);
    return world.machines().stream()
        .filter(which)
        .filter(machine -> !machine.equals(banned))
        .allMatch(machine -> knows(machine) && !machine.isLinkedTo(banned));
  }

  private static boolean knows(Machine machine) {
    return machine.core().filter(core -> core.holdsBanned(Guid.of(BANNED))).isPresent();
  }

  private static boolean isBack(World world) {
    return world.machine(BANNED).linkCount() > 1
        && world.machines().stream()
            .filter(Machine::isUp)
            .allMatch(
                machine -> machine.core().filter(core -> core.counts(Guid.of(BANNED))).isPresent());
  }

  private static boolean isOne(World world) {
    return world.machines().stream()
            .filter(machine -> !knows(machine) || machine.index() != BANNED)
            .flatMap(machine -> machine.core().stream())
            .mapToLong(Core::print)
            .distinct()
            .count()
        == 1;
  }

  private static boolean hasOfTheNewEpoch(Machine machine) {
    return machine.delivered().stream()
        .map(Delivery::batch)
        .anyMatch(batch -> batch.log().guid().value() == BANNED && batch.log().epoch() > 1);
  }
}
