package io.pychain.core.ring;

/// The small integer that names a member of the network for ever: handed out once, never reused.
///
/// GUIDs are dense (0, 1, 2, …), which is why a set of them is a bit set and why the first n of
/// them lie evenly on the circle.
///
/// @param value the number itself, never negative
public record Guid(int value) implements Comparable<Guid> {

  /// @throws IllegalArgumentException if `value` is negative
  public Guid {
    if (value < 0) {
      throw new IllegalArgumentException("A GUID is 0 or more, not " + value);
    }
  }

  /// The GUID of this number.
  ///
  /// @throws IllegalArgumentException if `value` is negative
  public static Guid of(int value) {
    return new Guid(value);
  }

  /// Where this GUID sits on the circle: its bits reversed.
  public Position position() {
    return new Position(place());
  }

  /// The bare number of [#position()], for the paths that must not allocate.
  long place() {
    return Long.reverse(value);
  }

  /// Spreads the number: the members that a node links to agree in their low bits, and would all
  /// fall into a few buckets of a table.
  @Override
  public int hashCode() {
    return value * 0x9E3779B9;
  }

  /// Orders by number, which is the order of admission and not the order on the circle.
  @Override
  public int compareTo(Guid other) {
    return Integer.compare(value, other.value);
  }

  /// The plain number.
  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
