package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.CertificateConfig;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.simulator.world.ClockConfig;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Certificates that end: five machines that are all linked, the first of them the boot node.
class ExpirationTest {
  private static final int NODES = 5;
  private static final Duration LIFETIME = Duration.ofMinutes(20);
  private static final Duration GRACE = Duration.ofMinutes(4);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 3);
  }

  /// Clocks are up to half a minute off, so two of them by a minute.
  private static World world(Optional<Duration> lifetime, long seed) {
    var certificates = new CertificateConfig(lifetime, GRACE);
    ProtocolConfig protocol =
        ProtocolConfig.DEFAULT.with(AdmissionConfig.DEFAULT.with(certificates));
    ClockConfig clocks = new ClockConfig(Duration.ofSeconds(30), 1e-4);
    World world =
        new World(WorldConfig.of(NODES).with(protocol).with(clocks).withCodec(true), seed);
    world.startCold(NODES, Duration.ofMillis(100));
    world.require("all are linked", () -> leastLinks(world) == NODES - 1, PATIENCE);
    return world;
  }

  private static List<Machine> clients(World world) {
    return world.machines().subList(1, NODES);
  }

  private static int leastLinks(World world) {
    return clients(world).stream().mapToInt(Machine::linkCount).min().orElseThrow();
  }

  /// Lets time pass, and looks at the links now and then.
  ///
  /// @return the fewest that a client had
  private static int leastLinksDuring(World world, Duration time) {
    int least = NODES;
    Duration step = Duration.ofSeconds(5);
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
      world.pass(step);
      least = Math.min(least, leastLinks(world));
    }
    return least;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bootNodeAwayForMoreThanHalfALifetimeCostsNobodyALink(long seed) {
    World world = world(Optional.of(LIFETIME), seed);
    world.pass(Duration.ofMinutes(7));
    world.machine(0).crash();
    int without = leastLinksDuring(world, Duration.ofMinutes(11));
    world.machine(0).restart();
    world.require("all are linked again", () -> leastLinks(world) == NODES - 1, PATIENCE);

    int with = leastLinksDuring(world, LIFETIME.plus(GRACE).plus(LIFETIME));

    assertThat(without).isEqualTo(NODES - 2);
    assertThat(with).isEqualTo(NODES - 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutABootNodeLinksStayUpThroughTheGraceAndEndAfterIt(long seed) {
    World world = world(Optional.of(LIFETIME), seed);
    world.machine(0).crash();

    int before = leastLinksDuring(world, LIFETIME.plus(GRACE).minusMinutes(2));
    world.pass(Duration.ofMinutes(3));

    assertThat(before).isEqualTo(NODES - 2);
    assertThat(leastLinks(world)).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bootNodeThatComesBackTooLateHealsTheNetwork(long seed) {
    World world = world(Optional.of(LIFETIME), seed);
    world.machine(0).crash();
    world.pass(LIFETIME.plus(GRACE).plusMinutes(5));

    world.machine(0).restart();

    world.require("all linked", () -> leastLinks(world) == NODES - 1, Duration.ofMinutes(15));
    world.settled();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutAnEndNothingHappensWhenTheBootNodeStaysAway(long seed) {
    World world = world(Optional.empty(), seed);
    world.machine(0).crash();

    assertThat(leastLinksDuring(world, LIFETIME.plus(LIFETIME))).isEqualTo(NODES - 2);
  }
}
