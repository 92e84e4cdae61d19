package io.pychain.core.admission;

import io.pychain.core.admission.BirthdayPuzzle.Values;
import io.pychain.core.admission.PuzzleScheme.Task;
import io.pychain.core.message.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Solves a [BirthdayPuzzle] by Wagner's algorithm, a nonce at a time, so that whoever calls can
/// stop in between. Takes about 6 MiB.
///
/// Each round sorts what it has by the lowest 16 bits, and pairs those that agree in them:
///
/// ```
///   2^17 values ──► 2^17 pairs, 48 bits left ──► 2^17 fours, 32 bits left ──► about 2 eights
/// ```
///
/// For one thread.
public final class BirthdaySearch {
  private static final int BUCKETS = 1 << BirthdayPuzzle.ROUND_BITS;

  /// Rows of a round. There are 2^17 on average, with a deviation of 362; what is beyond is left
  /// out.
  private static final int ROWS_MAX = BirthdayPuzzle.NUMBERS + (BirthdayPuzzle.NUMBERS >> 4);

  private final Task task;
  private final ByteBuffer solution = ByteBuffer.allocate(BirthdayPuzzle.LENGTH);
  private final int[] bucketEnds = new int[BUCKETS];
  private final int[] sorted = new int[ROWS_MAX];
  private final long[] values = new long[BirthdayPuzzle.NUMBERS];
  private final Rows pairs = new Rows();
  private final Rows fours = new Rows();
  private int part;
  private int nonce;

  /// What a round comes to: the bits that are left, and the two rows of the round before that each
  /// is made of.
  private static final class Rows {
    private final long[] left = new long[ROWS_MAX];
    private final int[] one = new int[ROWS_MAX];
    private final int[] other = new int[ROWS_MAX];
    private int count;

    void add(long bits, int row, int otherRow) {
      if (count < ROWS_MAX) {
        left[count] = bits;
        one[count] = row;
        other[count++] = otherRow;
      }
    }
  }

  /// Begins.
  public BirthdaySearch(Task task) {
    this.task = task;
  }

  /// Tries one more nonce: 7 ms on a core of a server of 2024.
  ///
  /// @return the solution, once it is complete
  public Optional<Bytes> tryNext() {
    Values of = BirthdayPuzzle.values(task, part, nonce);
    for (int number = 0; number < BirthdayPuzzle.NUMBERS; number++) {
      values[number] = of.at(number);
    }
    pair(values, BirthdayPuzzle.NUMBERS, pairs);
    pair(pairs.left, pairs.count, fours);
    boolean found = matchFours();
    nonce++;
    if (found) {
      part++;
      nonce = 0;
    }
    return part == BirthdayPuzzle.PARTS
        ? Optional.of(Bytes.copyOf(solution.array()))
        : Optional.empty();
  }

  private void pair(long[] rows, int count, Rows into) {
    sort(rows, count);
    into.count = 0;
    int from = 0;
    for (int until : bucketEnds) {
      for (int i = from; i < until; i++) {
        for (int j = i + 1; j < until; j++) {
          long left = (rows[sorted[i]] ^ rows[sorted[j]]) >>> BirthdayPuzzle.ROUND_BITS;
          into.add(left, sorted[i], sorted[j]);
        }
      }
      from = until;
    }
  }

  /// Orders the rows by their lowest bits; those of each bucket end at [#bucketEnds].
  private void sort(long[] rows, int count) {
    Arrays.fill(bucketEnds, 0);
    for (int i = 0; i < count; i++) {
      bucketEnds[bucket(rows[i])]++;
    }
    int before = 0;
    for (int i = 0; i < BUCKETS; i++) {
      int size = bucketEnds[i];
      bucketEnds[i] = before;
      before += size;
    }
    for (int i = 0; i < count; i++) {
      sorted[bucketEnds[bucket(rows[i])]++] = i;
    }
  }

  private static int bucket(long row) {
    return (int) row & BUCKETS - 1;
  }

  /// @return whether an eight that counts was found, and written down
  private boolean matchFours() {
    sort(fours.left, fours.count);
    int from = 0;
    for (int until : bucketEnds) {
      for (int i = from; i < until; i++) {
        for (int j = i + 1; j < until; j++) {
          if (fours.left[sorted[i]] == fours.left[sorted[j]] && take(sorted[i], sorted[j])) {
            return true;
          }
        }
      }
      from = until;
    }
    return false;
  }

  private boolean take(int four, int otherFour) {
    int[] numbers = new int[BirthdayPuzzle.TERMS];
    expand(four, numbers, 0);
    expand(otherFour, numbers, 4);
    putInOrder(numbers);
    if (!BirthdayPuzzle.allDiffer(numbers) || !BirthdayPuzzle.counts(task, part, nonce, numbers)) {
      return false;
    }
    solution.putInt(nonce);
    for (int number : numbers) {
      solution.putInt(number);
    }
    return true;
  }

  private void expand(int four, int[] numbers, int at) {
    numbers[at] = pairs.one[fours.one[four]];
    numbers[at + 1] = pairs.other[fours.one[four]];
    numbers[at + 2] = pairs.one[fours.other[four]];
    numbers[at + 3] = pairs.other[fours.other[four]];
  }

  /// Of each two halves, the one with the lower first number comes first.
  private static void putInOrder(int[] numbers) {
    for (int width = 1; width < numbers.length; width *= 2) {
      for (int i = 0; i < numbers.length; i += 2 * width) {
        if (numbers[i] > numbers[i + width]) {
          for (int k = i; k < i + width; k++) {
            int first = numbers[k];
            numbers[k] = numbers[k + width];
            numbers[k + width] = first;
          }
        }
      }
    }
  }
}
