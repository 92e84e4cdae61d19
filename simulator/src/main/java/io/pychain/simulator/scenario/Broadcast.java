package io.pychain.simulator.scenario;

import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.NetworkConfig;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// Messages from all over the network reach everybody; on request while machines crash and links
/// break.
public final class Broadcast implements Scenario {
  private static final Duration BETWEEN_JOINS = Duration.ofMillis(20);
  private static final Duration SETTLING_MAX = Duration.ofMinutes(2);
  private static final Duration HEALING_MAX = Duration.ofMinutes(2);

  private static final List<Option> OPTIONS =
      List.of(
          Option.whole("messages", 100, 0, 1_000_000, "messages published in all"),
          Option.decimal("rate", 10, 0.001, 1_000_000, "messages published per second"),
          Option.whole("payload", 200, 16, 1 << 20, "bytes of each message"),
          Option.choice(
              "join", List.of("warm", "cold"), "members already, or newcomers one by one"),
          Option.decimal("latency_min", 5, 0.001, 60_000, "ms one way between the nearest pair"),
          Option.decimal("latency_max", 40, 0.001, 60_000, "ms one way between the farthest pair"),
          Option.whole(
              "bandwidth", 0, 0, 1L << 40, "bytes per second of each link, 0 for no bound"),
          Option.whole("crashes", 0, 0, 1_000_000, "machines that crash and start again"),
          Option.whole("breaks", 0, 0, 1_000_000, "pairs of machines that lose each other"),
          Option.whole("faults", 0, 0, 1_000_000, "disks that write nothing for a while"),
          Option.choice("codec", List.of("false", "true"), "whether frames are really encoded"));

  @Override
  public String name() {
    return "broadcast";
  }

  @Override
  public String description() {
    return "messages from all over the network reach everybody, also through crashes and breaks";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public WorldConfig world(int nodes, Settings settings) {
    NetworkConfig network =
        NetworkConfig.continent()
            .withLatency(millis(settings, "latency_min"), millis(settings, "latency_max"))
            .withBandwidth(settings.whole("bandwidth"));
    return WorldConfig.of(nodes).with(network).withCodec(settings.text("codec").equals("true"));
  }

  private static Duration millis(Settings settings, String key) {
    return Duration.ofNanos(Math.round(settings.decimal(key) * 1e6));
  }

  @Override
  public void play(World world, Settings settings, long seed) {
    if (settings.text("join").equals("cold")) {
      world.startCold(BETWEEN_JOINS);
    } else {
      world.startWarm();
    }
    world.require("the network comes together", new Together(world), SETTLING_MAX);
    world.witness().measure();
    SplittableRandom random = new SplittableRandom(~seed);
    long span = Math.round(settings.whole("messages") / settings.decimal("rate") * 1e9);
    new Publishing(world, random.split(), settings).start();
    new Trouble(world, random.split(), span).start(settings);
    world.pass(Duration.ofNanos(span));
    world.require("in the end everybody is up", () -> allUp(world), HEALING_MAX);
    world.require("in the end everybody has everything", () -> complete(world), HEALING_MAX);
    world.settled();
  }

  private static boolean allUp(World world) {
    return world.machines().stream().allMatch(Machine::isRunning);
  }

  private static boolean complete(World world) {
    return world.witness().ledger().missing(_ -> true) == 0;
  }
}
