package io.pychain.core.admission;

import io.pychain.core.message.Bytes;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Sha256;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The order in which GUIDs are dealt, which only the authority knows.
///
/// A GUID's place on the ring is its bits reversed: whoever could tell which GUID comes next could
/// wait for the place beside a victim. So GUIDs are dealt in blocks, each shuffled by a secret:
///
/// ```
///   0 … 15 │ 16 … 31 │ 32 … 63 │ 64 … 127 │ …   to blocks of 65,536, which then follow each other
///   in order  shuffled
/// ```
///
/// A network of 16 has no better and worse places: everybody is linked to everybody. Blocks begin
/// and end at powers of two, or are of that size. Every GUID of a block splits another gap between
/// those dealt before, so however many of it are dealt, no gap of the ring is more than twice as
/// wide as another. GUIDs stay dense: the highest is below twice their number.
///
/// The order follows from the secret alone. Boot nodes with one authority deal alike, and one that
/// has lost its table can tell from the GUIDs in use how far it had got.
final class Deck {
  /// GUIDs that are dealt in order.
  static final int IN_ORDER = 16;

  /// Largest block: some 10 ms to shuffle, half a MiB to keep.
  static final int BLOCK_MAX = 1 << 16;

  private final Bytes secret;
  private Shuffled current = new Shuffled(new Block(0, 0), new int[0]);

  /// @param from its first GUID
  /// @param size how many
  private record Block(int from, int size) {
    static Block of(int number) {
      int size = Math.min(Integer.highestOneBit(number), BLOCK_MAX);
      return new Block(number - number % size, size);
    }
  }

  /// A block in the order in which it is dealt.
  private static final class Shuffled {
    private final Block block;
    private final int[] dealt;
    private final int[] places;

    /// @param dealt what is dealt at each place, less the first of the block
    Shuffled(Block block, int[] dealt) {
      this.block = block;
      this.dealt = dealt;
      this.places = new int[dealt.length];
      for (int place = 0; place < dealt.length; place++) {
        places[dealt[place]] = place;
      }
    }

    int guid(int place) {
      return block.from() + dealt[place - block.from()];
    }

    int place(int guid) {
      return block.from() + places[guid - block.from()];
    }
  }

  /// @param secret 32 bytes, the same in every boot node
  Deck(Bytes secret) {
    this.secret = secret;
  }

  /// The GUID that is dealt after so many others.
  Guid guid(int place) {
    if (place < IN_ORDER) {
      return Guid.of(place);
    }
    return Guid.of(shuffled(Block.of(place)).guid(place));
  }

  /// How many are dealt before this GUID.
  int place(Guid guid) {
    if (guid.value() < IN_ORDER) {
      return guid.value();
    }
    return shuffled(Block.of(guid.value())).place(guid.value());
  }

  /// Whether a GUID is of a block that comes before that of a place: then so is its place.
  static boolean isOfEarlierBlock(Guid guid, int place) {
    return place >= IN_ORDER && guid.value() < Block.of(place).from();
  }

  private Shuffled shuffled(Block block) {
    if (!current.block.equals(block)) {
      current = shuffle(block);
    }
    return current;
  }

  /// Sorts the block by what a keyed hash makes of each GUID.
  private Shuffled shuffle(Block block) {
    long[] keys = new long[block.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(block.from() + i);
    }
    int[] dealt =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingLong(i -> keys[i]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Shuffled(block, dealt);
  }

  private long key(int guid) {
    Bytes number = Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(guid).array());
    byte[] hash = Sha256.of(secret, number).bytes().toArray();
    return ByteBuffer.wrap(hash).getLong();
  }
}
