package io.pychain.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import io.pychain.simulator.liar.Liars;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a node finds back to those that it was linked to, while others would like to be all that it
/// hears.
class AnchorsTest {
  /// So few that all links follow from GUIDs, and none is drawn by lot.
  private static final int NODES = 30;

  private static final int VICTIM = 0;

  /// Long enough for links to count as proven, and for that to be on disk.
  private static final Duration SETTLED = Duration.ofMinutes(7);

  private static final Duration BACK = Duration.ofSeconds(2);

  private final BitSet intruders = new BitSet();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nodeThatRestartsAmongIntrudersIsLinkedToItsAnchorsFirst(long seed) {
    World world = new World(WorldConfig.of(NODES), seed);
    for (int node = 3; node < NODES; node += 3) {
      intrude(world, world.machine(node));
    }
    world.startWarm();
    world.pass(SETTLED);
    Machine victim = world.machine(VICTIM);
    List<Guid> anchors = anchorsOf(victim);
    assertThat(anchors).hasSize(8).allMatch(guid -> isAsked(Guid.of(VICTIM), guid));
    victim.powerOff();
    world.pass(Duration.ofMinutes(1));

    victim.restart();

    int visits = 0;
    Duration time = Duration.ZERO;
    while (!isBack(world, anchors) && time.compareTo(BACK) < 0) {
      assertThat(visits).as("visits after %s", time).isZero();
      world.pass(Duration.ofMillis(5));
      time = time.plusMillis(5);
      visits = visitsAt(world);
    }
    assertThat(isBack(world, anchors)).as("linked to its anchors").isTrue();
    world.require("it has its place", () -> hasItsPlace(world, victim), BACK.minus(time));
    world.require("visits are let in as ever", () -> visitsAt(world) > 0, Duration.ofMinutes(11));
    world.settled();
  }

  @Test
  void anchorsThatAreGoneKeepNobodyWaitingForLong() {
    World world = new World(WorldConfig.of(NODES), 1);
    intrude(world, world.machine(27));
    world.startWarm();
    world.pass(SETTLED);
    Machine victim = world.machine(VICTIM);
    List<Guid> anchors = anchorsOf(victim);
    victim.powerOff();
    anchors.forEach(guid -> world.machine(guid.value()).powerOff());

    victim.restart();

    world.require("visits are let in", () -> visitsAt(world) > 0, Duration.ofSeconds(3));
    world.require(
        "others stand in for them",
        () -> victim.linkCount() >= anchors.size(),
        Duration.ofSeconds(10));
  }

  @Test
  void networkThatRestartsAtOnceIsTogetherAsSoonAsWithoutAnchors() {
    long with = millisOf(UnaryOperator.identity());
    long without = millisOf(AnchorsTest::withoutAnchors);

    assertThat(with).as("ms with anchors, %d without", without).isLessThan(without + without / 10);
  }

  /// Milliseconds that three networks take together.
  private static long millisOf(UnaryOperator<Stored> disk) {
    Core.Maker maker =
        (identity, config, stored, random) ->
            Core.protocol(identity, config, disk.apply(stored), random);
    return LongStream.rangeClosed(1, 3)
        .map(seed -> {
          World world = new World(WorldConfig.of(NODES).with(maker), seed);
          world.startWarm();
          world.pass(SETTLED);
          world.machines().forEach(Machine::crash);
          world.pass(Duration.ofSeconds(1));
          long begun = world.timeline().now();
          world.machines().forEach(Machine::restart);
          world.require(
              "all have their places",
              () -> world.machines().stream().allMatch(node -> hasItsPlace(world, node)),
              Duration.ofSeconds(10));
          return Duration.ofNanos(world.timeline().now() - begun).toMillis();
        })
        .sum();
  }

  private static Stored withoutAnchors(Stored stored) {
    return new Stored(
        stored.storeId(),
        stored.lastWrite(),
        stored.lastOffset(),
        stored.records(),
        stored.logs(),
        stored.accusations(),
        stored.allocations(),
        stored.forks(),
        stored.parameters(),
        List.of());
  }

  private void intrude(World world, Machine machine) {
    machine.run(Liars.of("intruder", world.makerOf(machine)).orElseThrow());
    intruders.set(machine.index());
  }

  private static List<Guid> anchorsOf(Machine machine) {
    return machine.disk().platter().load().anchors();
  }

  private static boolean isBack(World world, List<Guid> anchors) {
    Machine victim = world.machine(VICTIM);
    return anchors.stream().allMatch(guid -> victim.isLinkedTo(world.machine(guid.value())));
  }

  /// Links of the victim that the ring asks for at neither end.
  private static int visitsAt(World world) {
    Machine victim = world.machine(VICTIM);
    return (int)
        world.machines().stream()
            .filter(other -> other != victim && victim.isLinkedTo(other))
            .filter(other -> !isAsked(Guid.of(VICTIM), Guid.of(other.index())))
            .count();
  }

  private static boolean hasItsPlace(World world, Machine machine) {
    return world.machines().stream()
        .filter(other -> isAsked(Guid.of(machine.index()), Guid.of(other.index())))
        .allMatch(machine::isLinkedTo);
  }

  private static final Fingers FINGERS = new Fingers(Base.of(4), Ring.complete(NODES));

  private static boolean isAsked(Guid one, Guid other) {
    return !one.equals(other)
        && (FINGERS.wants(one, other, 2, _ -> true) || FINGERS.wants(other, one, 2, _ -> true));
  }
}
