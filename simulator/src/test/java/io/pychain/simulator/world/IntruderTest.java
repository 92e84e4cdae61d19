package io.pychain.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.simulator.liar.Liars;
import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/// Members that dial a victim all the time are little more of what it hears than the ring makes
/// them.
class IntruderTest {
  private static final int NODES = 60;
  private static final int INTRUDERS = 6;
  private static final int VICTIM = 0;

  private final World world = new World(WorldConfig.of(NODES), 1);
  private final BitSet intruders = new BitSet();

  @Test
  void crowdOfIntrudersHoldsHardlyMoreOfItsVictimThanTheRingGivesIt() {
    for (int node = 5; node < NODES; node += NODES / INTRUDERS) {
      Machine machine = world.machine(node);
      machine.run(Liars.of("intruder", world.makerOf(machine)).orElseThrow());
      intruders.set(node);
    }
    world.startWarm();
    world.pass(Duration.ofMinutes(15));

    long held = 0;
    long links = 0;
    for (int second = 0; second < 300; second++) {
      world.pass(Duration.ofSeconds(1));
      for (LinkEnd end : world.machine(VICTIM).port().ends()) {
        held += intruders.get(end.peer().port().place()) ? 1 : 0;
        links++;
      }
    }

    assertThat((double) held / links).as("share of the victim's links").isLessThan(0.15);
    assertThat(links / 300.0).as("its links").isGreaterThan(10);
  }
}
