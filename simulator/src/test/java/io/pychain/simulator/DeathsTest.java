package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.failure.FailureConfig;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Address;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members that die, seem to, or are said to be dead, and what the others come to hold of them.
class DeathsTest {
  private static final int NODES = 24;
  private static final Duration REFUSED_MAX = Duration.ofSeconds(5);
  private static final Duration SILENT_MAX = Duration.ofSeconds(16);

  private World world = warm(1);

  private static World warm(long seed) {
    return warm(WorldConfig.of(NODES), seed);
  }

  private static World warm(WorldConfig config, long seed) {
    World world = new World(config, seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(20));
    return world;
  }

  private List<Machine> living() {
    return world.machines().stream().filter(Machine::isRunning).toList();
  }

  private boolean allHoldDead(Machine victim) {
    Guid guid = victim.guid().orElseThrow();
    return living().stream().allMatch(m -> m.core().orElseThrow().holdsDead(guid));
  }

  private long deathsHeld() {
    return living().stream().mapToLong(m -> m.core().orElseThrow().deaths()).sum();
  }

  private void cut(int border) {
    for (int one = 0; one < border; one++) {
      for (int other = border; other < NODES; other++) {
        world.cut(one, other);
      }
    }
  }

  private void mend(int border) {
    for (int one = 0; one < border; one++) {
      for (int other = border; other < NODES; other++) {
        world.mend(one, other);
      }
    }
  }

  private void publish(int node, Message... messages) {
    world.machine(node).publish(List.of(messages), _ -> {});
  }

  private static Message message(int number) {
    return new Message(Message.JSON, Bytes.utf8(Integer.toString(number)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void crashIsKnownToAllWithinSecondsAndARestartUndoesIt(long seed) {
    world = warm(seed);
    Machine victim = world.machine(7);

    victim.crash();
    world.require("all know", () -> allHoldDead(victim), REFUSED_MAX);

    victim.restart();
    world.require("nobody is held dead", () -> deathsHeld() == 0, REFUSED_MAX);
    world.pass(Duration.ofSeconds(5));
    world.settled();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void powerCutIsKnownToAllSomewhatLater(long seed) {
    world = warm(seed);
    Machine victim = world.machine(7);

    victim.powerOff();

    world.require("all know", () -> allHoldDead(victim), SILENT_MAX);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void halfOfAllMayDieAtOnce(long seed) {
    world = warm(seed);
    List<Machine> victims = world.machines().subList(NODES / 2, NODES);

    victims.forEach(Machine::crash);

    world.require(
        "all know of all",
        () -> victims.stream().allMatch(this::allHoldDead),
        Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void pauseOfHalfAMinuteIsNoDeath(long seed) {
    world = warm(seed);
    List<Machine> paused = world.machines().subList(0, 5);

    paused.forEach(machine -> machine.pause(false));
    for (int second = 0; second < 30; second++) {
      world.pass(Duration.ofSeconds(1));
      assertThat(deathsHeld()).as("after %d s", second).isZero();
    }
    paused.forEach(Machine::resume);
    world.pass(Duration.ofMinutes(1));

    assertThat(deathsHeld()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void partitionHealsByItself(long seed) {
    world = warm(seed);
    cut(NODES / 2);
    world.pass(Duration.ofMinutes(2));
    publish(1, message(1));
    publish(NODES - 1, message(2));
    world.pass(Duration.ofSeconds(5));

    mend(NODES / 2);

    world.require(
        "all is as before",
        () -> deathsHeld() == 0 && world.witness().ledger().missing(_ -> true) == 0,
        Duration.ofSeconds(15));
    world.pass(Duration.ofSeconds(5));
    world.settled();
  }

  @Test
  void minorityThatIsCutOffBuriesNobody() {
    cut(8);

    world.pass(Duration.ofMinutes(2));

    for (Machine lonely : world.machines().subList(0, 8)) {
      assertThat(lonely.core().orElseThrow().deaths()).isZero();
    }
    for (Machine other : world.machines().subList(8, NODES)) {
      assertThat(other.core().orElseThrow().deaths()).isEqualTo(8);
    }
  }

  /// Of the record that all have begun with.
  private Message accusationOf(int guid) {
    long began =
        world.timeline().instant().minus(Duration.ofNanos(world.timeline().now())).getEpochSecond();
    return new Suspicion(Guid.of(guid), 1, began).message();
  }

  @Test
  void allOthersTogetherCannotBuryOneThatAnswers() {
    Message accusation = accusationOf(7);
    for (int liar = 0; liar < NODES; liar++) {
      if (liar != 7) {
        publish(liar, accusation);
      }
    }

    for (int second = 0; second < 60; second++) {
      world.pass(Duration.ofSeconds(1));
      assertThat(deathsHeld()).isZero();
    }
  }

  @Test
  void suspicionOfAnApplicationCounts() {
    Message accusation = accusationOf(7);
    Machine victim = world.machine(7);
    victim.pause(false);
    for (int accuser = 8; accuser < 20; accuser++) {
      publish(accuser, accusation);
    }

    world.require("all believe it", () -> allHoldBut(victim), Duration.ofSeconds(5));
    victim.resume();
    world.require("it has answered", () -> deathsHeld() == 0, Duration.ofSeconds(5));
  }

  private boolean allHoldBut(Machine victim) {
    Guid guid = victim.guid().orElseThrow();
    return living().stream()
        .filter(machine -> machine != victim)
        .allMatch(machine -> machine.core().orElseThrow().holdsDead(guid));
  }

  @Test
  void whoKnowsOnlyTheBootNodesAddressFindsBack() {
    Address boot = new Address("node-0", 9000);
    WorldConfig config =
        WorldConfig.of(NODES)
            .with((identity, protocol, stored, random) ->
                Core.protocol(
                    identity,
                    protocol.with(FailureConfig.DEFAULT.with(3, Duration.ofDays(1), List.of(boot))),
                    stored,
                    random));
    world = warm(config, 1);
    cut(1);
    world.pass(Duration.ofMinutes(1));

    mend(1);

    world.require("nobody is held dead", () -> deathsHeld() == 0, Duration.ofSeconds(20));
  }

  @Test
  void whoIsAwayForLongIsForgottenAndComesBack() {
    FailureConfig hasty = FailureConfig.DEFAULT.with(3, Duration.ofSeconds(60), List.of());
    WorldConfig config =
        WorldConfig.of(NODES)
            .with((identity, protocol, stored, random) ->
                Core.protocol(identity, protocol.with(hasty), stored, random));
    world = warm(config, 1);
    Machine victim = world.machine(7);
    victim.crash();
    world.pass(Duration.ofSeconds(90));
    assertThat(living()).noneMatch(m -> m.core().orElseThrow().counts(Guid.of(7)));
    assertThat(living()).allMatch(m -> m.core().orElseThrow().counts(Guid.of(8)));

    victim.restart();

    world.require(
        "all count it again",
        () -> living().stream().allMatch(m -> m.core().orElseThrow().counts(Guid.of(7))),
        Duration.ofSeconds(10));
  }
}
