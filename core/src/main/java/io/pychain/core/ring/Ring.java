package io.pychain.core.ring;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A mutable set of members in the order of the circle.
///
/// The circle is cut into 2^k **slots**, k being the number of bits of the largest GUID so far. A
/// GUID's slot is the top k bits of its position. GUIDs below 2^k have different slots, so the set
/// is one bit per slot, and the next member clockwise is the next bit that is set:
///
/// ```
///            0                       k = 3, GUIDs 0 to 7 in their slots
///        7   |   4
///         \  |  /                    slot  0 1 2 3 4 5 6 7
///      3 --- o --- 2                 GUID  0 4 2 6 1 5 3 7
///         /  |  \
///        5   |   6
///            1
/// ```
///
/// A GUID that needs more bits doubles the slots until it fits; slot i becomes 2i, the same point
/// of the circle. So 10,000 members take 2 KB, and adding is O(1), amortized. Finding the next
/// member is O(1) where GUIDs are dense; where nearly all have left it reads 64 empty slots at a
/// time. Removing does not shrink it.
///
/// Only certified GUIDs should ever be added. One hostile number still cannot do harm: above
/// [#GUID_MAX] it is refused, and up to it the set takes 2 MB at most.
///
/// Not safe for use by several threads.
public final class Ring {

  /// The largest GUID that a ring accepts: 2^24 − 1, which bounds its memory to 2 MB. Looking up a
  /// larger one is harmless: it is not there.
  public static final int GUID_MAX = (1 << 24) - 1;

  /// The longest distance: once round, up to the point before the start.
  public static final long ROUND = -1;

  private static final int RESOLUTION_MIN = 1;

  private BitSet slots;
  private int resolution;
  private int size;

  /// An empty ring.
  public Ring() {
    this(new BitSet(), RESOLUTION_MIN, 0);
  }

  private Ring(BitSet slots, int resolution, int size) {
    this.slots = slots;
    this.resolution = resolution;
    this.size = size;
  }

  /// A ring of these members.
  ///
  /// @throws IllegalArgumentException if one of them is above [#GUID_MAX]
  public static Ring of(Iterable<Guid> members) {
    Ring ring = new Ring();
    members.forEach(ring::add);
    return ring;
  }

  /// The ring of the GUIDs 0 to `size` − 1.
  ///
  /// @throws IllegalArgumentException if `size` is negative or above [#GUID_MAX] + 1
  public static Ring complete(int size) {
    if (size < 0 || size > GUID_MAX + 1) {
      throw new IllegalArgumentException("A ring has 0 to " + (GUID_MAX + 1) + " members");
    }
    Ring ring = new Ring();
    for (int value = size - 1; value >= 0; value--) {
      ring.add(Guid.of(value));
    }
    return ring;
  }

  /// Adds a member. Returns whether it was not there before.
  ///
  /// @throws IllegalArgumentException if it is above [#GUID_MAX]; nothing has changed then
  public boolean add(Guid guid) {
    if (guid.value() > GUID_MAX) {
      throw new IllegalArgumentException(
          "GUID %s is above %d, the largest that a ring accepts: check its certificate"
              .formatted(guid, GUID_MAX));
    }
    growTo(bitsOf(guid));
    int slot = slotOf(guid);
    if (slots.get(slot)) {
      return false;
    }
    slots.set(slot);
    size++;
    return true;
  }

  /// Removes a member. Returns whether it was there.
  public boolean remove(Guid guid) {
    if (!contains(guid)) {
      return false;
    }
    slots.clear(slotOf(guid));
    size--;
    return true;
  }

  /// Whether this GUID is a member.
  public boolean contains(Guid guid) {
    return bitsOf(guid) <= resolution && slots.get(slotOf(guid));
  }

  /// How many members there are.
  public int size() {
    return size;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return size == 0;
  }

  /// k: all members' GUIDs are below 2^k, and so are all that ever were; at least 1.
  public int resolution() {
    return resolution;
  }

  /// The first member in the arc: its primary.
  public Optional<Guid> firstIn(Arc arc) {
    return firstIn(arc, _ -> true);
  }

  /// The first member in the arc that is usable: its primary, or else the next of its backups.
  public Optional<Guid> firstIn(Arc arc, Predicate<Guid> usable) {
    long from = arc.from().value();
    if (occupied(from) && usable.test(guidAt(from))) {
      return Optional.of(guidAt(from));
    }
    long distance = nextUsable(from, 1, arc.last(), usable);
    return distance == 0 ? Optional.empty() : Optional.of(guidAt(from + distance));
  }

  /// The last member in the arc.
  public Optional<Guid> lastIn(Arc arc) {
    long until = arc.until().value();
    long back = previous(until, 1);
    boolean inside = back != 0 && Long.compareUnsigned(back - 1, arc.last()) <= 0;
    return inside ? Optional.of(guidAt(until - back)) : Optional.empty();
  }

  /// All members in the arc, clockwise: its primary, then its backups. Unmodifiable.
  public List<Guid> membersIn(Arc arc) {
    List<Guid> members = new ArrayList<>();
    long from = arc.from().value();
    if (occupied(from)) {
      members.add(guidAt(from));
    }
    long last = arc.last();
    for (long at = next(from, 1, last); at != 0; at = after(from, at, last)) {
      members.add(guidAt(from + at));
    }
    return Collections.unmodifiableList(members);
  }

  /// All members, clockwise from GUID 0. Unmodifiable.
  public List<Guid> members() {
    List<Guid> members = new ArrayList<>(size);
    forEach(members::add);
    return Collections.unmodifiableList(members);
  }

  /// Visits all members, clockwise from GUID 0. The ring must not be changed meanwhile.
  public void forEach(Consumer<Guid> visitor) {
    for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
      visitor.accept(guidAt(placeOf(slot)));
    }
  }

  /// The nearest `count` others clockwise from this GUID (a member or not), nearest first; fewer if
  /// there are fewer. Unmodifiable.
  public List<Guid> successors(Guid guid, int count) {
    return successors(guid, count, _ -> true);
  }

  /// The nearest `count` usable others clockwise from this GUID, nearest first. Unmodifiable.
  public List<Guid> successors(Guid guid, int count, Predicate<Guid> usable) {
    List<Guid> found = new ArrayList<>();
    long from = guid.place();
    long at = next(from, 1, ROUND);
    for (; at != 0 && found.size() < count; at = after(from, at, ROUND)) {
      addIfUsable(guidAt(from + at), usable, found);
    }
    return Collections.unmodifiableList(found);
  }

  /// The nearest `count` others anticlockwise from this GUID (a member or not), nearest first;
  /// fewer if there are fewer. Unmodifiable.
  public List<Guid> predecessors(Guid guid, int count) {
    return predecessors(guid, count, _ -> true);
  }

  /// The nearest `count` usable others anticlockwise from this GUID, nearest first. Unmodifiable.
  public List<Guid> predecessors(Guid guid, int count, Predicate<Guid> usable) {
    List<Guid> found = new ArrayList<>();
    long from = guid.place();
    long at = previous(from, 1);
    for (; at != 0 && found.size() < count; at = at == ROUND ? 0 : previous(from, at + 1)) {
      addIfUsable(guidAt(from - at), usable, found);
    }
    return Collections.unmodifiableList(found);
  }

  /// The distance clockwise from this GUID (a member or not) to the `count`-th member after it, or
  /// [#ROUND] if there are not so many others: who lies farther away has `count` members or more
  /// before it. Unsigned.
  public long reach(Guid guid, int count) {
    long from = guid.place();
    long at = next(from, 1, ROUND);
    for (int seen = 1; at != 0 && seen < count; seen++) {
      at = after(from, at, ROUND);
    }
    return at == 0 ? ROUND : at;
  }

  /// The same anticlockwise.
  public long reachBack(Guid guid, int count) {
    long from = guid.place();
    long at = previous(from, 1);
    for (int seen = 1; at != 0 && seen < count; seen++) {
      at = at == ROUND ? 0 : previous(from, at + 1);
    }
    return at == 0 ? ROUND : at;
  }

  /// A ring of the same members, which changes on its own from now on.
  public Ring copy() {
    return new Ring((BitSet) slots.clone(), resolution, size);
  }

  /// The members, clockwise from GUID 0.
  @Override
  public String toString() {
    return members().toString();
  }

  /// The distance clockwise from `from` to the first member that lies `at` to `last` from there,
  /// both inclusive and unsigned, `at` not 0. 0 if there is none.
  long next(long from, long at, long last) {
    int slot = firstSlotFrom(from + at);
    if (slot < 0) {
      return 0;
    }
    long distance = placeOf(slot) - from;
    boolean inside =
        Long.compareUnsigned(distance, at) >= 0 && Long.compareUnsigned(distance, last) <= 0;
    return inside ? distance : 0;
  }

  /// The same for the first member beyond the one at the distance `at`.
  long after(long from, long at, long last) {
    return at == ROUND ? 0 : next(from, at + 1, last);
  }

  /// The same for the first member that is usable.
  long nextUsable(long from, long at, long last, Predicate<Guid> usable) {
    long distance = next(from, at, last);
    while (distance != 0 && !usable.test(guidAt(from + distance))) {
      distance = after(from, distance, last);
    }
    return distance;
  }

  /// The member at this point. Makes sense only for points where there is one.
  static Guid guidAt(long place) {
    return Guid.of((int) Long.reverse(place));
  }

  /// How many bits a GUID takes, at least 1.
  static int bitsOf(Guid guid) {
    return Math.max(RESOLUTION_MIN, Integer.SIZE - Integer.numberOfLeadingZeros(guid.value()));
  }

  /// The distance anticlockwise from `from` to the first member that lies `at` or more from there.
  private long previous(long from, long at) {
    int start = (int) ((from - at) >>> shift());
    int slot = slots.previousSetBit(start);
    if (slot < 0) {
      slot = slots.previousSetBit((1 << resolution) - 1);
    }
    if (slot < 0) {
      return 0;
    }
    long distance = from - placeOf(slot);
    return Long.compareUnsigned(distance, at) >= 0 ? distance : 0;
  }

  private static void addIfUsable(Guid guid, Predicate<Guid> usable, List<Guid> found) {
    if (usable.test(guid)) {
      found.add(guid);
    }
  }

  /// The first slot in use whose point is at this place or beyond, once round; -1 if all are empty.
  private int firstSlotFrom(long place) {
    // Rounded up, since only the beginning of a slot can be a member. One past the last slot finds
    // nothing and so goes on at the top.
    int start = (int) ((place - 1) >>> shift()) + 1;
    int slot = slots.nextSetBit(start);
    return slot >= 0 ? slot : slots.nextSetBit(0);
  }

  private boolean occupied(long place) {
    int slot = (int) (place >>> shift());
    return placeOf(slot) == place && slots.get(slot);
  }

  private int slotOf(Guid guid) {
    return (int) (guid.place() >>> shift());
  }

  private long placeOf(int slot) {
    return (long) slot << shift();
  }

  private int shift() {
    return Long.SIZE - resolution;
  }

  private void growTo(int bits) {
    if (bits <= resolution) {
      return;
    }
    BitSet grown = new BitSet(1 << bits);
    for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
      grown.set(slot << (bits - resolution));
    }
    slots = grown;
    resolution = bits;
  }
}
