package io.pychain.benchmarks.ring;

import java.util.List;
import java.util.function.Consumer;

/// Members 0 to size − 1 on a circle, and whom each hands a stretch to: what is measured.
interface Overlay {

  /// A stretch of the circle after a member.
  ///
  /// @param member who covers it
  /// @param limit its end, exclusive; the member's own place means the whole circle
  record Share(int member, long limit) {}

  /// How many members there are.
  int size();

  /// The share of the origin of a broadcast.
  Share whole(int origin);

  /// Passes on to `next` the shares that a member hands to others.
  void cover(Share share, Consumer<Share> next);

  /// The nearest `count` members clockwise.
  List<Integer> successors(int member, int count);
}
