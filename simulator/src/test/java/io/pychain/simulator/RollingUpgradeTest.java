package io.pychain.simulator;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.message.ProtocolRange;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks in which two versions of the protocol are about. That nobody is sent what came with a
/// version that it does not speak holds in every simulation: a link end refuses to carry it.
class RollingUpgradeTest {
  private static final ProtocolRange OLD = new ProtocolRange(1, 1);
  private static final int NODES = 20;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void halfOfAnOlderVersionHearsAndIsHeard(long seed) {
    World world = world(seed);
    world.machines().stream().filter(m -> m.index() % 2 == 1).forEach(m -> m.speak(OLD));
    world.startWarm();
    world.pass(Duration.ofSeconds(2));

    for (Machine machine : world.machines()) {
      machine.publish(List.of(message(machine.index())), _ -> {});
    }

    world.pass(Duration.ofSeconds(5));
    world.settled();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingIsLostWhileOneNodeAfterTheOtherIsUpgraded(long seed) {
    World world = world(seed);
    world.machines().forEach(machine -> machine.speak(OLD));
    world.startWarm();
    world.pass(Duration.ofSeconds(2));

    for (Machine machine : world.machines()) {
      machine.crash();
      world.machine((machine.index() + 1) % NODES).publish(List.of(message(1)), _ -> {});
      world.pass(Duration.ofMillis(500));
      machine.speak(ProtocolRange.OWN);
      machine.restart();
      world.machine((machine.index() + 7) % NODES).publish(List.of(message(2)), _ -> {});
      world.pass(Duration.ofSeconds(1));
    }

    world.pass(Duration.ofSeconds(10));
    world.settled();
  }

  private static World world(long seed) {
    return new World(WorldConfig.of(NODES), seed);
  }

  private static Message message(int number) {
    return new Message(Message.JSON, Bytes.utf8(Integer.toString(number)));
  }
}
