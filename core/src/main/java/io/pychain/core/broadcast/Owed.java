package io.pychain.core.broadcast;

import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/// Stretches that are to be covered, and in which nobody can be reached at the moment: they are
/// handed over when a link into them comes up. Bounded in number, bytes and time; what falls out is
/// left to network sync.
final class Owed {
  static final int STRETCHES_MAX = 256;
  static final long BYTES_MAX = 4 << 20;

  /// How long a stretch is owed: as long as it takes to find somebody who lives among many dead
  /// that do not even refuse to be dialled. By then network sync has repaired it, and to cover it
  /// again would be a waste.
  static final Duration KEPT = Duration.ofSeconds(2);

  /// A stretch of the circle, in distances from this node, and what is to be brought there.
  ///
  /// @param load what
  /// @param after the stretch begins beyond this distance
  /// @param last last distance in the stretch, unsigned
  /// @param until when it is no longer owed
  record Stretch(Load load, long after, long last, Instant until) {
    /// Whether who is at this distance is in it, or before it and so may cover up to its end.
    boolean isWithinReachOf(long distance) {
      return Long.compareUnsigned(distance, last) <= 0;
    }

    private boolean isFollowedBy(Stretch next) {
      return last == next.after && load.parcel().key().equals(next.load.parcel().key());
    }
  }

  private final Deque<Stretch> stretches = new ArrayDeque<>();
  private long bytes;

  /// Owes a stretch. If the one before it is owed too they become one.
  void add(Stretch stretch) {
    long after = stretch.after();
    for (Stretch before : takeIf(owed -> owed.isFollowedBy(stretch))) {
      after = before.after();
    }
    stretches.add(new Stretch(stretch.load(), after, stretch.last(), stretch.until()));
    bytes += length(stretch);
    while (stretches.size() > STRETCHES_MAX || bytes > BYTES_MAX) {
      bytes -= length(stretches.remove());
    }
  }

  private static int length(Stretch stretch) {
    return stretch.load().parcel().length();
  }

  /// Takes out those that a member at this distance can cover, or the rest of which it can.
  List<Stretch> takeAt(Instant now, long distance) {
    forget(now);
    return takeIf(stretch -> stretch.isWithinReachOf(distance));
  }

  private List<Stretch> takeIf(Predicate<Stretch> condition) {
    List<Stretch> taken = new ArrayList<>();
    for (Iterator<Stretch> each = stretches.iterator(); each.hasNext(); ) {
      Stretch stretch = each.next();
      if (condition.test(stretch)) {
        each.remove();
        bytes -= length(stretch);
        taken.add(stretch);
      }
    }
    return taken;
  }

  /// Forgets the batches of an origin.
  void letGo(Guid origin) {
    takeIf(stretch -> stretch.load().parcel().isBatchOf(origin));
  }

  /// Forgets what is no longer owed, oldest first.
  void forget(Instant now) {
    while (!stretches.isEmpty() && !stretches.element().until().isAfter(now)) {
      bytes -= length(stretches.remove());
    }
  }

  boolean isEmpty() {
    return stretches.isEmpty();
  }

  int size() {
    return stretches.size();
  }
}
