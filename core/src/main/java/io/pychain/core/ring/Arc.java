package io.pychain.core.ring;

/// A stretch of the circle, clockwise, with its beginning and without its end.
///
/// An arc is never empty: if both points are the same it is the whole circle, from there once
/// round.
///
/// @param from the first point in it
/// @param until the first point after it
public record Arc(Position from, Position until) {

  /// Whether the point lies in this arc.
  public boolean contains(Position point) {
    return Long.compareUnsigned(from.distanceTo(point), last()) <= 0;
  }

  /// The part of this arc that lies before `limit`; the arc itself if `limit` is not inside it, or
  /// is its first point.
  public Arc cutAt(Position limit) {
    boolean inside = !limit.equals(from) && contains(limit);
    return inside ? new Arc(from, limit) : this;
  }

  /// The distance from the first point to the last one: all ones for the whole circle.
  long last() {
    return from.distanceTo(until) - 1;
  }

  /// As mathematics writes it: `[from, until)`.
  @Override
  public String toString() {
    return "[" + from + ", " + until + ")";
  }
}
