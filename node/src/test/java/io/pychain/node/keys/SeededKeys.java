package io.pychain.node.keys;

import java.util.Arrays;

/// Keys that are the same in every run, so that an input which found something finds it again.
public final class SeededKeys {
  private SeededKeys() {}

  /// The keys whose private half is this byte, 32 times.
  public static NodeKeys of(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return NodeKeys.ofSeed(bytes);
  }
}
