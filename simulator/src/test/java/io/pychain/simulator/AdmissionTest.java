package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.TariffConfig;
import io.pychain.core.admission.TariffConfig.Bucket;
import io.pychain.core.admission.Terms;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Newcomers at a boot node that asks a price, under the ledger's eyes.
class AdmissionTest {
  private static final int NODES = 40;

  /// In which half of those who must pay could have waited for the bucket to leak.
  private static final Duration RUSH = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// Ten are free, then each five more cost one unit.
  private static final TariffConfig TIGHT =
      new TariffConfig(
          new Bucket(10, 5, Duration.ofSeconds(2)),
          TariffConfig.DEFAULT.group(),
          TariffConfig.DEFAULT.priceMax(),
          TariffConfig.DEFAULT.groupsMax());

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allWhoComeAtOnceGetInInTimeByPaying(long seed) {
    World world = new World(WorldConfig.of(NODES).with(priced()), seed);
    world.startCold(NODES, Duration.ZERO);

    world.pass(Duration.ofSeconds(2));
    long early = world.machines().stream().filter(Machine::isRunning).count();
    world.require("all join, more than could for nothing", () -> allRun(world), RUSH);

    assertThat(early).as("at no price, or a low one").isBetween(5L, 38L);
    assertThat(guids(world)).doesNotHaveDuplicates().hasSize(NODES);
    world.require("one membership", () -> oneMembership(world), PATIENCE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void guidsAreDealtInBlocksThatAreFullBeforeTheNext(long seed) {
    World world = new World(WorldConfig.of(40), seed);
    world.startCold(40, Duration.ofMillis(50));
    world.require("all join", () -> allRun(world), PATIENCE);

    List<Integer> dealt = guids(world).stream().map(Guid::value).sorted().toList();

    assertThat(dealt.subList(0, 32)).isEqualTo(IntStream.range(0, 32).boxed().toList());
    assertThat(dealt.subList(32, 40)).allSatisfy(guid -> assertThat(guid).isBetween(32, 63));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void priceFallsAgainWhenNobodyComes(long seed) {
    World world = new World(WorldConfig.of(NODES).with(priced()), seed);
    world.startCold(NODES, Duration.ZERO);
    world.require("all join", () -> allRun(world), PATIENCE);

    world.pass(Duration.ofMinutes(2));

    Terms terms = world.machine(0).core().flatMap(Core::terms).orElseThrow();
    assertThat(terms.price(world.timeline().instant(), AddressGroup.of("192.0.2.1"), 0)).isZero();
  }

  private static ProtocolConfig priced() {
    return ProtocolConfig.DEFAULT.with(new AdmissionConfig(Terms.Mode.PUZZLE, TIGHT));
  }

  private static boolean allRun(World world) {
    return world.machines().stream().allMatch(Machine::isRunning);
  }

  private static boolean oneMembership(World world) {
    return world.machines().stream().allMatch(machine -> machine.membersKnown() == NODES);
  }

  private static List<Guid> guids(World world) {
    return world.machines().stream().map(machine -> machine.guid().orElseThrow()).toList();
  }
}
