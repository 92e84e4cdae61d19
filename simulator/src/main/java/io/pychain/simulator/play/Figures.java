package io.pychain.simulator.play;

import io.pychain.simulator.check.Histogram;
import java.util.OptionalDouble;

/// What a story has measured besides what every story does.
public final class Figures {
  private OptionalDouble idle = OptionalDouble.empty();
  private OptionalDouble healed = OptionalDouble.empty();
  private OptionalDouble falseDeaths = OptionalDouble.empty();
  private OptionalDouble detectP50 = OptionalDouble.empty();
  private OptionalDouble detectP99 = OptionalDouble.empty();

  void deaths(DeathWatch watch) {
    falseDeaths = OptionalDouble.of(watch.buriedAlive());
    detectP50 = percentile(watch.delays(), 0.5);
    detectP99 = percentile(watch.delays(), 0.99);
  }

  private static OptionalDouble percentile(Histogram delays, double share) {
    return delays.total() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(delays.percentile(share) / 1e9);
  }

  void idle(double bytesPerLinkSecond) {
    idle = OptionalDouble.of(bytesPerLinkSecond);
  }

  void healed(double seconds) {
    healed = OptionalDouble.of(seconds);
  }

  /// Bytes per link and second, both directions together, when nobody publishes.
  public OptionalDouble idleBytesPerLinkSecond() {
    return idle;
  }

  /// How long it took, once trouble was over, until all was well.
  public OptionalDouble healedSeconds() {
    return healed;
  }

  /// Members that somebody held for dead although they were well.
  public OptionalDouble falseDeaths() {
    return falseDeaths;
  }

  /// Median time from a death until another member holds it for dead.
  public OptionalDouble detectP50Seconds() {
    return detectP50;
  }

  /// 99th percentile of it.
  public OptionalDouble detectP99Seconds() {
    return detectP99;
  }
}
