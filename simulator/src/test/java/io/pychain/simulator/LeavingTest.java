package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members that leave in order, under the ledger's eyes: nothing acknowledged is lost by it.
class LeavingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatAMemberPublishedBeforeItLeftReachesAll(long seed) {
    World world = warm(20, seed);
    Machine leaver = world.machine((int) (seed % 20));
    for (int i = 0; i < 30; i++) {
      leaver.publish(List.of(message(i)), _ -> {});
    }

    leaver.leave();
    world.require("it stops", () -> !leaver.isUp(), Duration.ofSeconds(3));
    world.pass(Duration.ofSeconds(5));
    world.settled();

    leaver.restart();
    world.machine((int) ((seed + 1) % 20)).publish(List.of(message(99)), _ -> {});
    world.pass(Duration.ofSeconds(10));
    world.settled();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void networkWhoseMembersAllLeftComesBackWithoutItsBootNode(long seed) {
    World world = warm(12, seed);
    world.machines().forEach(Machine::leave);
    world.require("all stop", () -> world.machines().stream().noneMatch(Machine::isUp), PATIENCE);
    world.pass(Duration.ofSeconds(5));

    List<Machine> clients = world.machines().subList(1, 12);
    clients.forEach(Machine::restart);
    world.require(
        "all are linked", () -> clients.stream().allMatch(m -> m.linkCount() > 1), PATIENCE);
    int before = clients.getLast().delivered().size();
    clients.getFirst().publish(List.of(message(1)), _ -> {});
    world.pass(Duration.ofSeconds(10));

    assertThat(clients.getLast().delivered()).hasSizeGreaterThan(before);
    world.machine(0).restart();
    world.pass(Duration.ofSeconds(10));
    world.settled();
  }

  private static World warm(int nodes, long seed) {
    World world = new World(WorldConfig.of(nodes), seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(2));
    return world;
  }

  private static Message message(int number) {
    return new Message(Message.JSON, Bytes.utf8(Integer.toString(number)));
  }
}
