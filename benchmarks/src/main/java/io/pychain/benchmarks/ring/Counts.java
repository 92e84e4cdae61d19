package io.pychain.benchmarks.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What broadcasts on an overlay cost, counted exactly.
///
/// @param linksMean links of a member, used both ways and counted once, to primaries and neighbours
/// @param linksMax the same of the member with most
/// @param hopsMean how many hops a batch takes to a member, on average
/// @param hopsMax the most hops that it takes
/// @param sendsMax the most sends of one member for one broadcast
/// @param loadRatio sends of the busiest member over those of the average one, all broadcasts
///   summed
record Counts(
    double linksMean, int linksMax, double hopsMean, int hopsMax, int sendsMax, double loadRatio) {

  static Counts of(Overlay overlay, int neighbours, int origins) {
    int[] links = links(overlay, neighbours);
    Tally tally = new Tally(overlay.size());
    int step = Math.max(1, overlay.size() / origins);
    for (int origin = 0; origin < overlay.size(); origin += step) {
      tally.broadcast(overlay, origin);
    }
    int[] sends = tally.sends;
    return new Counts(
        Arrays.stream(links).average().orElse(0),
        Arrays.stream(links).max().orElse(0),
        (double) tally.hopsSum / Math.max(1, tally.reached),
        tally.hopsMax,
        tally.sendsMax,
        Arrays.stream(sends).max().orElse(0) / Arrays.stream(sends).average().orElse(1));
  }

  private static int[] links(Overlay overlay, int neighbours) {
    List<long[]> pairs = new ArrayList<>();
    for (int member = 0; member < overlay.size(); member++) {
      List<Integer> peers = new ArrayList<>(overlay.successors(member, neighbours));
      overlay.cover(overlay.whole(member), share -> peers.add(share.member()));
      int self = member;
      pairs.add(peers.stream().mapToLong(peer -> pair(self, peer)).toArray());
    }
    int[] links = new int[overlay.size()];
    pairs.stream()
        .flatMapToLong(Arrays::stream)
        .sorted()
        .distinct()
        .forEach(pair -> {
          links[(int) (pair >>> Integer.SIZE)]++;
          links[(int) pair]++;
        });
    return links;
  }

  private static long pair(int one, int other) {
    return ((long) Math.min(one, other) << Integer.SIZE) | Math.max(one, other);
  }

  private static final class Tally {

    private final int[] sends;
    private long hopsSum;
    private long reached;
    private int hopsMax;
    private int sendsMax;

    private Tally(int size) {
      sends = new int[size];
    }

    private void broadcast(Overlay overlay, int origin) {
      List<Overlay.Share> hop = List.of(overlay.whole(origin));
      int hops = 0;
      int sum = -1;
      while (!hop.isEmpty()) {
        sum += hop.size();
        hopsMax = Math.max(hopsMax, hops);
        hopsSum += (long) hops * hop.size();
        hop = next(overlay, hop);
        hops++;
      }
      reached += sum;
      if (sum != overlay.size() - 1) {
        throw new IllegalStateException(sum + " sends among " + overlay.size() + " members");
      }
    }

    private List<Overlay.Share> next(Overlay overlay, List<Overlay.Share> hop) {
      List<Overlay.Share> next = new ArrayList<>();
      for (Overlay.Share share : hop) {
        int before = next.size();
        overlay.cover(share, next::add);
        int passed = next.size() - before;
        sends[share.member()] += passed;
        sendsMax = Math.max(sendsMax, passed);
      }
      return next;
    }
  }
}
