package io.pychain.simulator.play;

import java.util.OptionalDouble;

/// What a story has measured besides what every story does.
public final class Figures {
  private OptionalDouble idle = OptionalDouble.empty();
  private OptionalDouble healed = OptionalDouble.empty();

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
}
