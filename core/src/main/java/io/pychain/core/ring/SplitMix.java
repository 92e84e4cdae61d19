package io.pychain.core.ring;

/// The finalizer of SplitMix64: every bit of the input moves every bit of the output. It is no
/// secret and no digest: anybody can turn it back.
public final class SplitMix {
  private SplitMix() {}

  /// Mixes 64 bits.
  public static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
