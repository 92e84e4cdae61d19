package io.pychain.simulator.world;

import java.time.Duration;

/// How the virtual network behaves.
///
/// @param latencyMin one way between the nearest pair
/// @param latencyMax one way between the farthest pair; each pair's own lies between, drawn from
///   the seed
/// @param regions parts of the world, 1 for none: a machine is in one drawn from the seed; those in
///   the same are in the nearest eighth of the range, two regions as far apart as drawn for them
/// @param jitterMax at most so much is added to each frame's latency; frames of a link stay in
///   order
/// @param bytesPerSecond of each direction of each link; 0 for no bound
/// @param outboxBytesMax bytes that may wait on one link before frames are lost; matters only with
///   a bandwidth
/// @param dialTimeout after which a dial into silence fails
/// @param noticeMax within which either end notices that a link is broken, each for itself
public record NetworkConfig(
    Duration latencyMin,
    Duration latencyMax,
    int regions,
    Duration jitterMax,
    long bytesPerSecond,
    int outboxBytesMax,
    Duration dialTimeout,
    Duration noticeMax) {
  /// A continent: 5 to 40 ms one way.
  public static NetworkConfig continent() {
    return new NetworkConfig(
        Duration.ofMillis(5),
        Duration.ofMillis(40),
        1,
        Duration.ofMillis(2),
        0,
        4 << 20,
        Duration.ofSeconds(1),
        Duration.ofSeconds(2));
  }

  /// @throws IllegalArgumentException if a value makes no sense
  public NetworkConfig {
    if (latencyMin.isNegative() || latencyMin.isZero() || latencyMin.compareTo(latencyMax) > 0) {
      throw new IllegalArgumentException("latency from " + latencyMin + " to " + latencyMax);
    }
    if (regions < 1) {
      throw new IllegalArgumentException("a world has at least 1 region, not " + regions);
    }
    if (jitterMax.isNegative() || bytesPerSecond < 0 || outboxBytesMax < 1) {
      throw new IllegalArgumentException("negative jitter or bandwidth, or no outbox");
    }
  }

  /// The same with other latencies.
  public NetworkConfig withLatency(Duration min, Duration max) {
    return new NetworkConfig(
        min, max, regions, jitterMax, bytesPerSecond, outboxBytesMax, dialTimeout, noticeMax);
  }

  /// The same with another bandwidth, in bytes per second; 0 for no bound.
  public NetworkConfig withBandwidth(long bytes) {
    return new NetworkConfig(
        latencyMin, latencyMax, regions, jitterMax, bytes, outboxBytesMax, dialTimeout, noticeMax);
  }

  /// The same in so many regions.
  public NetworkConfig withRegions(int count) {
    return new NetworkConfig(
        latencyMin,
        latencyMax,
        count,
        jitterMax,
        bytesPerSecond,
        outboxBytesMax,
        dialTimeout,
        noticeMax);
  }
}
