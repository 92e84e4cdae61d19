package io.pychain.benchmarks.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// The same arcs, but everybody sits at a random place, as where a name is hashed: the alternative
/// that the ring is compared with. Members are numbered in the order of the circle.
final class RandomPlaces implements Overlay {

  /// Sorted as unsigned numbers.
  private final long[] places;

  /// The base is 2^bits: 1, 2 or 4, which divide the 64 bits of a place.
  private final int bits;

  private RandomPlaces(long[] places, int bits) {
    this.places = places;
    this.bits = bits;
  }

  static RandomPlaces of(int size, int parts, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // Sorted as signed numbers and then turned by half a circle: sorted as unsigned ones.
    long[] places = random.longs(size).sorted().map(place -> place + Long.MIN_VALUE).toArray();
    return new RandomPlaces(places, Integer.numberOfTrailingZeros(parts));
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public Share whole(int origin) {
    return new Share(origin, places[origin]);
  }

  @Override
  public void cover(Share share, Consumer<Share> next) {
    long start = places[share.member()];
    long last = share.limit() - start - 1;
    int member = (share.member() + 1) % places.length;
    while (member != share.member() && compare(places[member] - start, last) <= 0) {
      long distance = places[member] - start;
      int level = Long.numberOfLeadingZeros(distance) / bits + 1;
      long end = distance | ((1L << (Long.SIZE - bits * level)) - 1);
      long cut = compare(end, last) < 0 ? end : last;
      next.accept(new Share(member, start + cut + 1));
      member = cut == last ? share.member() : firstFrom(start + cut + 1);
    }
  }

  @Override
  public List<Integer> successors(int member, int count) {
    List<Integer> successors = new ArrayList<>();
    for (int i = 1; i <= Math.min(count, places.length - 1); i++) {
      successors.add((member + i) % places.length);
    }
    return successors;
  }

  private int firstFrom(long place) {
    int low = 0;
    int high = places.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(places[middle], place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low % places.length;
  }

  private static int compare(long one, long other) {
    return Long.compareUnsigned(one, other);
  }
}
