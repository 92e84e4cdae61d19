package io.pychain.core.ring;

import java.util.HexFormat;

/// A point on the circle of 2^64 points, numbered clockwise from the top.
///
/// The number is unsigned and all sums wrap, so the circle needs no special case at its top.
/// Positions are not comparable, on purpose: of two points on a circle neither comes first.
///
/// @param value the point, an unsigned 64-bit number
public record Position(long value) {

  /// The point of this GUID: its bits reversed, so that GUID 1 sits opposite to GUID 0, and 2 and 3
  /// halve the two gaps that are left.
  public static Position of(Guid guid) {
    return guid.position();
  }

  /// How far it is clockwise from here to `other`: an unsigned number, 0 only if both are the same.
  public long distanceTo(Position other) {
    return other.value - value;
  }

  /// The point that lies `distance` (unsigned) clockwise from here.
  public Position plus(long distance) {
    return new Position(value + distance);
  }

  /// The share of the circle clockwise from the top, as 16 hexadecimal digits: `8000…` is opposite.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
