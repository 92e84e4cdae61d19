package io.pychain.core.link;

/// Names one link of this process, for as long as it is up. The driver counts them from 1 and never
/// uses a number twice.
///
/// @param value the number
public record LinkId(long value) implements Comparable<LinkId> {
  @Override
  public int compareTo(LinkId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "link-" + value;
  }
}
