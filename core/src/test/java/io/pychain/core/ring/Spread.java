package io.pychain.core.ring;

import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// One broadcast carried out in the head: who was reached, by whom, and after how many hops.
///
/// @param shares what each reached member was asked to cover, in the order of arrival
/// @param sends how many times a batch was passed on
/// @param duplicates how many of these went to somebody who had been asked before
/// @param hops the longest way
/// @param busiest the most sends of one member
record Spread(TreeMap<Guid, Share> shares, int sends, int duplicates, int hops, int busiest) {

  /// What one member was asked to do.
  ///
  /// @param limit where its stretch ends
  /// @param hop how far it is from the origin
  /// @param handovers what it passed on
  record Share(Position limit, int hop, List<Handover> handovers) {}

  private record Step(Handover handover, int hop) {}

  /// Broadcasts from `origin`; `usable` says of two members whether the first can reach the second.
  static Spread from(Guid origin, Fingers fingers, BiPredicate<Guid, Guid> usable) {
    return from(origin, _ -> fingers, usable);
  }

  /// The same where each member may have fingers of its own.
  static Spread from(Guid origin, Function<Guid, Fingers> fingers, BiPredicate<Guid, Guid> usable) {
    TreeMap<Guid, Share> shares = new TreeMap<>();
    ArrayDeque<Step> steps = new ArrayDeque<>();
    steps.add(new Step(new Handover(origin, origin.position()), 0));
    int sends = -1;
    int duplicates = 0;
    int hops = 0;
    int busiest = 0;
    while (!steps.isEmpty()) {
      Step step = steps.remove();
      Guid self = step.handover().to();
      Position limit = step.handover().limit();
      List<Handover> handovers =
          fingers.apply(self).cover(self, limit, peer -> usable.test(self, peer));
      sends++;
      hops = Math.max(hops, step.hop());
      busiest = Math.max(busiest, handovers.size());
      if (shares.put(self, new Share(limit, step.hop(), handovers)) != null) {
        duplicates++;
      }
      handovers.forEach(next -> steps.add(new Step(next, step.hop() + 1)));
    }
    return new Spread(shares, sends, duplicates, hops, busiest);
  }
}
