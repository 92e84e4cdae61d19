package io.pychain.simulator.world;

import java.util.HashSet;
import java.util.Set;

/// Whose packets reach whom. A path may be blocked in one direction or in both, between two
/// machines or between groups of them.
final class Paths {
  private final Set<Long> blocked = new HashSet<>();
  private int[] groups = new int[0];

  /// Whether packets from one machine reach another.
  boolean pass(int from, int to) {
    return (blocked.isEmpty() || !blocked.contains(way(from, to))) && group(from) == group(to);
  }

  /// Whether two machines can talk, which takes both directions.
  boolean reach(int one, int other) {
    return pass(one, other) && pass(other, one);
  }

  void block(int from, int to) {
    blocked.add(way(from, to));
  }

  void unblock(int from, int to) {
    blocked.remove(way(from, to));
  }

  /// Lets packets pass only between machines of the same group.
  ///
  /// @param groupOf each machine's group, by its place; a machine beyond the end is in group 0
  void divide(int[] groupOf) {
    groups = groupOf.clone();
  }

  private int group(int place) {
    return place < groups.length ? groups[place] : 0;
  }

  private static long way(int from, int to) {
    return (long) from << 32 | to;
  }
}
