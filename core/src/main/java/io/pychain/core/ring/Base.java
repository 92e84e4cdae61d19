package io.pychain.core.ring;

/// Into how many parts a member divides what is left of the circle at each level: b = 2, 4, 8 or
/// 16.
///
/// A parameter of the whole network. A larger base means fewer hops and more links: about (b −
/// 1)·log_b N primary peers and at most ⌈log_b N⌉ hops. It need not be the same everywhere for a
/// broadcast to be complete, since every hand-over carries its own limit; the bound on the hops
/// needs it.
///
/// @param bits s, where b = 2^s; 1 to 4
public record Base(int bits) {

  private static final int BITS_MAX = 4;

  /// @throws IllegalArgumentException if `bits` is not 1 to 4
  public Base {
    if (bits < 1 || bits > BITS_MAX) {
      throw new IllegalArgumentException("A base has 1 to 4 bits (b = 2, 4, 8 or 16), not " + bits);
    }
  }

  /// The base that divides by `parts`.
  ///
  /// @throws IllegalArgumentException if `parts` is not 2, 4, 8 or 16
  public static Base of(int parts) {
    if (parts < 2 || parts > 1 << BITS_MAX || Integer.bitCount(parts) != 1) {
      throw new IllegalArgumentException("A base is 2, 4, 8 or 16, not " + parts);
    }
    return new Base(Integer.numberOfTrailingZeros(parts));
  }

  /// b, the number of parts.
  public int parts() {
    return 1 << bits;
  }

  /// How many levels tell apart points of `resolution` bits: ⌈resolution / s⌉, and so the most hops
  /// that a broadcast takes among members whose GUIDs are below 2^resolution.
  public int levels(int resolution) {
    return Math.ceilDiv(resolution, bits);
  }

  /// The plain number of parts.
  @Override
  public String toString() {
    return Integer.toString(parts());
  }

  /// The distance to the last point of the arc that holds the point at `distance` (unsigned, not
  /// 0).
  ///
  /// Counted from the top, the s-bit digits of the distance are 0 before level l and d ≠ 0 at level
  /// l: that is the arc d of level l, and its last point has ones in all lower bits. For s = 2:
  ///
  /// ```
  /// distance  00 00 10 01 11 …   first digit that is not 0: level 3, d = 2
  /// last      00 00 10 11 11 …   width of the arc: 2^(64 - 2·3)
  /// ```
  long lastInArcOf(long distance) {
    return distance | (widthOfArcOf(distance) - 1);
  }

  /// The width of the arc that holds the point at `distance` (unsigned, not 0): 2^(64 − s·l).
  ///
  /// Distances between GUIDs are at least 2^33, far from the end of the word, where s = 3 has no
  /// whole digit left.
  long widthOfArcOf(long distance) {
    int level = Long.numberOfLeadingZeros(distance) / bits + 1;
    return 1L << (Long.SIZE - bits * level);
  }
}
