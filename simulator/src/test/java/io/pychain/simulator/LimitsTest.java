package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the authority lays down about how much a member may publish, in whole networks.
class LimitsTest {
  private static final int NODES = 20;
  private static final OriginLimits TEN = new OriginLimits(10, 0, Duration.ofSeconds(2));

  private final List<Answer> answers = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everybodyHoldsToWhatTheBootNodeLaysDown(long seed) {
    World world = warm(seed);

    layDown(world.machine(0), TEN);
    world.pass(Duration.ofSeconds(2));

    world.machines().forEach(machine -> publish(machine, 30));
    world.pass(Duration.ofSeconds(5));
    assertThat(answers).filteredOn(Answer.Published.class::isInstance).hasSize(NODES * 20);
    assertThat(answers)
        .filteredOn(Answer.Limited.class::isInstance)
        .hasSize(NODES * 10)
        .allSatisfy(answer ->
            assertThat(((Answer.Limited) answer).after())
                .isBetween(Duration.ofMillis(1), Duration.ofMillis(100)));
    world.settled();
  }

  @Test
  void memberThatIsNoBootNodeLaysNothingDown() {
    World world = warm(1);

    layDown(world.machine(3), TEN);
    world.pass(Duration.ofSeconds(2));

    publish(world.machine(3), 30);
    world.pass(Duration.ofSeconds(2));
    assertThat(answers).hasOnlyElementsOfType(Answer.Published.class);
  }

  @Test
  void limitsOutliveRestartsAndReachWhoWasAway() {
    World world = warm(2);
    Machine absent = world.machine(7);
    absent.crash();
    layDown(world.machine(0), TEN);
    world.pass(Duration.ofSeconds(2));

    world.machines().stream().filter(Machine::isUp).forEach(Machine::crash);
    world.machines().subList(1, NODES).forEach(Machine::restart);
    world.pass(Duration.ofSeconds(10));

    publish(absent, 30);
    world.pass(Duration.ofSeconds(5));
    assertThat(answers).filteredOn(Answer.Published.class::isInstance).hasSize(20);
  }

  @Test
  void newerLimitsReplaceOlderOnes() {
    World world = warm(3);
    layDown(world.machine(0), TEN);
    world.pass(Duration.ofSeconds(2));

    layDown(world.machine(0), OriginLimits.NONE);
    world.pass(Duration.ofSeconds(2));

    publish(world.machine(5), 100);
    world.pass(Duration.ofSeconds(2));
    assertThat(answers).hasSize(100).hasOnlyElementsOfType(Answer.Published.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whoSpeaksAnOlderVersionIsNotToldAndIsHeardAllTheSame(long seed) {
    World world = new World(WorldConfig.of(NODES), seed);
    IntStream.range(0, NODES)
        .filter(index -> index % 2 == 1)
        .forEach(index -> world.machine(index).speak(new ProtocolRange(1, 1)));
    world.startWarm();
    world.pass(Duration.ofSeconds(2));

    layDown(world.machine(0), TEN);
    world.pass(Duration.ofSeconds(2));
    publish(world.machine(1), 200);

    world.pass(Duration.ofSeconds(30));
    assertThat(answers).hasSize(200).hasOnlyElementsOfType(Answer.Published.class);
    world.settled();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoWasAwayCatchesUpAtOnceHoweverMuchItMissed(long seed) {
    World world = warm(seed);
    layDown(world.machine(0), TEN);
    world.pass(Duration.ofSeconds(2));
    Machine absent = world.machine(7);
    absent.crash();
    for (int second = 0; second < 100; second++) {
      publish(world.machine(3), 10);
      world.pass(Duration.ofSeconds(1));
    }
    int missed = world.machine(3).delivered().size() - absent.delivered().size();
    assertThat(missed).isGreaterThan(80);

    absent.restart();
    world.pass(Duration.ofSeconds(5));

    world.settled();
  }

  private static void layDown(Machine machine, OriginLimits limits) {
    machine.ask(ticket -> new Input.LayDown(ticket, limits), _ -> {});
  }

  private void publish(Machine machine, int count) {
    for (int i = 0; i < count; i++) {
      machine.publish(
          List.of(new Message(Message.JSON, Bytes.utf8(Integer.toString(i)))), answers::add);
    }
  }

  private static World warm(long seed) {
    World world = new World(WorldConfig.of(NODES), seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(2));
    return world;
  }
}
