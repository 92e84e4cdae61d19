package io.pychain.core.admission;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.trust.Sha256;
import java.nio.ByteBuffer;

/// The puzzle that newcomers solve: find eight of 2^17 numbers whose values cancel out.
///
/// The generalised birthday problem (Wagner 2002) as proof of work (Biryukov and Khovratovich,
/// "Equihash", 2016), here with 64 bits and three rounds:
///
/// ```
///   values   v(i) = SipHash-2-4 of i, keyed by SHA-256(seed ‖ part ‖ nonce), for i < 2^17
///
///   a ⊕ b      c ⊕ d      e ⊕ f      g ⊕ h      lowest 16 bits cancel
///      a ⊕ b ⊕ c ⊕ d         e ⊕ f ⊕ g ⊕ h      lowest 32 bits cancel
///               a ⊕ b ⊕ … ⊕ h                   all 64 bits cancel
/// ```
///
/// Finding such eight takes some 4 MiB that are written and read at random, three times: they fit
/// the cache of a core, and not the local memory of a GPU's, which goes at the pace of its memory
/// bus. Checking takes eight hashes and no memory. About two are found per nonce; of those only
/// that count whose own hash is low, in proportion to the price.
///
/// The work comes in eight parts, each with a seed of its own, so that luck evens out: the time to
/// find all of them deviates by a third, where that of a single one deviates by itself.
///
/// A solution is its parts in order, each of nonce and eight numbers, 4 bytes big-endian.
public final class BirthdayPuzzle implements PuzzleScheme {
  /// Independent searches that make a solution.
  static final int PARTS = 8;

  /// Numbers that cancel out.
  static final int TERMS = 8;

  /// Bits of a number.
  static final int NUMBER_BITS = 17;

  /// How many numbers there are to choose from.
  static final int NUMBERS = 1 << NUMBER_BITS;

  /// Bits that cancel in each round but the last, which cancels the rest.
  static final int ROUND_BITS = 16;

  /// Eights that must be found for a part at price 1, on average. One core of a server of 2024
  /// finds 290 a second by [BirthdaySearch].
  static final int EIGHTS_PER_PART = 48;

  /// Length of a solution in bytes.
  public static final int LENGTH = PARTS * (1 + TERMS) * Integer.BYTES;

  private static final Bytes DOMAIN = Bytes.utf8("pychain/puzzle/1\0");

  /// The values of one nonce.
  ///
  /// @param first half of the key
  /// @param second half of the key
  record Values(long first, long second) {
    long at(int number) {
      return SipHash.hash(first, second, number);
    }
  }

  @Override
  public boolean verify(Task task, Bytes solution) {
    if (solution.length() != LENGTH) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(solution.toArray());
    for (int part = 0; part < PARTS; part++) {
      int nonce = in.getInt();
      int[] numbers = new int[TERMS];
      for (int i = 0; i < TERMS; i++) {
        numbers[i] = in.getInt();
      }
      if (!cancels(values(task, part, nonce), numbers) || !counts(task, part, nonce, numbers)) {
        return false;
      }
    }
    return true;
  }

  static Values values(Task task, int part, int nonce) {
    ByteBuffer key = ByteBuffer.wrap(Sha256.of(tag(task, part, nonce)).bytes().toArray());
    return new Values(key.getLong(), key.getLong());
  }

  private static Bytes tag(Task task, int part, int nonce) {
    Digest seed = task.seed();
    ByteBuffer tag = ByteBuffer.allocate(DOMAIN.length() + Digest.LENGTH + 2 * Integer.BYTES);
    tag.put(DOMAIN.toArray()).put(seed.bytes().toArray()).putInt(part).putInt(nonce);
    return Bytes.wrap(tag.array());
  }

  /// Whether they cancel in every round. The order is prescribed, so that an eight is found once.
  private static boolean cancels(Values values, int[] numbers) {
    long[] sums = new long[TERMS];
    for (int i = 0; i < TERMS; i++) {
      if (numbers[i] < 0 || numbers[i] >= NUMBERS) {
        return false;
      }
      sums[i] = values.at(numbers[i]);
    }
    for (int width = 1; width < TERMS; width *= 2) {
      for (int i = 0; i < TERMS; i += 2 * width) {
        sums[i] ^= sums[i + width];
        if (Long.numberOfTrailingZeros(sums[i]) < width * ROUND_BITS
            || numbers[i] >= numbers[i + width]) {
          return false;
        }
      }
    }
    return allDiffer(numbers);
  }

  static boolean allDiffer(int[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      for (int j = 0; j < i; j++) {
        if (numbers[i] == numbers[j]) {
          return false;
        }
      }
    }
    return true;
  }

  /// Whether an eight is one of those that count at this price.
  static boolean counts(Task task, int part, int nonce, int[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(TERMS * Integer.BYTES);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    Digest hash = Sha256.of(tag(task, part, nonce), Bytes.wrap(bytes.array()));
    return hash.print() < Long.MAX_VALUE / ((long) task.price() * EIGHTS_PER_PART);
  }
}
