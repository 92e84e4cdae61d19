package io.pychain.core.message;

/// The versions of the protocol that a node speaks.
///
/// @param min oldest
/// @param max newest, not below `min`
public record ProtocolRange(int min, int max) {
  /// What this code speaks.
  public static final ProtocolRange OWN = new ProtocolRange(1, 1);

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

  @Override
  public String toString() {
    return min == max ? Integer.toString(min) : min + " to " + max;
  }
}
