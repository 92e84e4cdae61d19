package io.pychain.core.message;

/// The versions of the protocol that a node speaks.
///
/// @param min oldest
/// @param max newest, not below `min`
public record ProtocolRange(int min, int max) {
  /// What this code speaks. Version 2 knows limits that the authority sets for every origin.
  public static final ProtocolRange OWN = new ProtocolRange(1, 2);

  /// @throws IllegalArgumentException if it is no range of positive numbers
  public ProtocolRange {
    if (min < 1 || max < min) {
      throw new IllegalArgumentException("protocol versions " + min + " to " + max);
    }
  }

  /// Whether there is a version that both speak.
  public boolean overlaps(ProtocolRange other) {
    return min <= other.max && other.min <= max;
  }

  /// The version that both speak from their hellos on: the highest that both know.
  ///
  /// @throws IllegalArgumentException if there is none
  public int common(ProtocolRange other) {
    if (!overlaps(other)) {
      throw new IllegalArgumentException(this + " and " + other + " have no version in common");
    }
    return Math.min(max, other.max);
  }

  /// The same without the versions beyond one, which is not below the oldest.
  public ProtocolRange upTo(int newest) {
    return new ProtocolRange(min, Math.min(max, newest));
  }

  @Override
  public String toString() {
    return min == max ? Integer.toString(min) : min + " to " + max;
  }
}
