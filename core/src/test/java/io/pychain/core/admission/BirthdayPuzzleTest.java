package io.pychain.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.admission.PuzzleScheme.Task;
import io.pychain.core.message.Bytes;
import io.pychain.core.trust.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Solves one puzzle at price 1, which takes a second or two, and tampers with the solution.
class BirthdayPuzzleTest {
  private static final Task TASK = new Task(Sha256.of(Bytes.utf8("a seed")), 1);
  private static final int PART_BYTES = BirthdayPuzzle.LENGTH / BirthdayPuzzle.PARTS;
  private static Bytes solution = Bytes.EMPTY;
  private static int nonces;

  private final BirthdayPuzzle puzzle = new BirthdayPuzzle();

  @BeforeAll
  static void solve() {
    BirthdaySearch search = new BirthdaySearch(TASK);
    Optional<Bytes> found = Optional.empty();
    while (found.isEmpty()) {
      found = search.tryNext();
      nonces++;
    }
    solution = found.get();
  }

  @Test
  void solutionThatTheSearchFindsHolds() {
    assertThat(solution.length()).isEqualTo(BirthdayPuzzle.LENGTH);
    assertThat(puzzle.verify(TASK, solution)).isTrue();
  }

  /// 8 parts · 48 eights, two to a nonce, with a deviation of a third.
  @Test
  void priceOneTakesAboutSoManyNonces() {
    assertThat(nonces).isBetween(50, 500);
  }

  @Test
  void anotherSeedOrAHigherPriceIsAnotherPuzzle() {
    Task other = new Task(Sha256.of(Bytes.utf8("another seed")), 1);

    assertThat(puzzle.verify(other, solution)).isFalse();
    assertThat(puzzle.verify(new Task(TASK.seed(), 1_000), solution)).isFalse();
  }

  @Test
  void everyFlippedBitBreaksIt() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      int bit = random.nextInt(8 * BirthdayPuzzle.LENGTH);
      byte[] bytes = solution.toArray();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(puzzle.verify(TASK, Bytes.wrap(bytes))).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void anotherLengthIsNoSolution() {
    assertThat(puzzle.verify(TASK, Bytes.EMPTY)).isFalse();
    assertThat(puzzle.verify(TASK, solution.slice(0, PART_BYTES))).isFalse();
  }

  /// Each part has a seed of its own: who has solved one has not solved all.
  @Test
  void onePartDoesNotStandForAll() {
    ByteBuffer repeated = ByteBuffer.allocate(BirthdayPuzzle.LENGTH);
    while (repeated.hasRemaining()) {
      repeated.put(solution.slice(0, PART_BYTES).toArray());
    }

    assertThat(puzzle.verify(TASK, Bytes.wrap(repeated.array()))).isFalse();
  }

  /// A pair that comes twice cancels itself.
  @Test
  void numbersThatRepeatCancelAndAreRefused() {
    ByteBuffer cheap = ByteBuffer.allocate(BirthdayPuzzle.LENGTH);
    while (cheap.hasRemaining()) {
      cheap.putInt(0);
      for (int i = 0; i < BirthdayPuzzle.TERMS; i++) {
        cheap.putInt(5);
      }
    }

    assertThat(puzzle.verify(TASK, Bytes.wrap(cheap.array()))).isFalse();
  }

  @Test
  void sameEightInAnotherOrderIsRefused() {
    byte[] swapped = solution.toArray();
    System.arraycopy(solution.toArray(), 4, swapped, 8, 4);
    System.arraycopy(solution.toArray(), 8, swapped, 4, 4);

    assertThat(puzzle.verify(TASK, Bytes.wrap(swapped))).isFalse();
  }

  /// Appendix of the paper: key 00 … 0f, message 00 … 07.
  @Test
  void hashIsSipHash() {
    assertThat(SipHash.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x0706050403020100L))
        .isEqualTo(0x93f5f5799a932462L);
  }
}
