package io.pychain.simulator.play;

import io.pychain.simulator.scenario.Settings;
import io.pychain.simulator.world.ClockConfig;
import io.pychain.simulator.world.DiskConfig;
import io.pychain.simulator.world.NetworkConfig;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;

/// The world that the common options describe.
public final class Surroundings {
  private Surroundings() {}

  /// A world of so many machines.
  ///
  /// @throws IllegalArgumentException if the values do not go together
  public static WorldConfig of(int nodes, Settings settings) {
    NetworkConfig network =
        NetworkConfig.continent()
            .withLatency(millis(settings, "latency_min"), millis(settings, "latency_max"))
            .withRegions(Math.toIntExact(settings.whole("regions")))
            .withBandwidth(settings.whole("bandwidth"));
    ClockConfig clocks =
        new ClockConfig(
            Duration.ofNanos(Math.round(settings.decimal("skew") * 1e9)),
            settings.decimal("drift"));
    return WorldConfig.of(nodes)
        .with(network)
        .with(DiskConfig.solidState().tearing(settings.text("torn").equals("true")))
        .with(clocks)
        .withCodec(settings.text("codec").equals("true"));
  }

  private static Duration millis(Settings settings, String key) {
    return Duration.ofNanos(Math.round(settings.decimal(key) * 1e6));
  }
}
