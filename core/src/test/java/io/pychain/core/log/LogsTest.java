package io.pychain.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.log.Offer.Accepted;
import io.pychain.core.log.Offer.Duplicate;
import io.pychain.core.log.Offer.Forked;
import io.pychain.core.log.Offer.Full;
import io.pychain.core.log.Offer.Waiting;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogsTest {
  private static final LogId LOG = Cast.log(3);
  private static final List<Batch> CHAIN = Cast.chain(LOG, 6, 2);

  private final Logs logs = new Logs(1 << 20);

  @Test
  void batchesInOrderAreTakenOneByOne() {
    for (Batch batch : CHAIN) {
      assertThat(offer(batch)).isEqualTo(new Accepted(List.of(entry(batch)), Optional.empty()));
    }

    assertThat(logs.taken(LOG)).isEqualTo(12);
    assertThat(logs.takenHash(LOG)).isEqualTo(CHAIN.getLast().hash());
    assertThat(logs.durable(LOG)).as("not yet on disk").isZero();
  }

  @Test
  void whateverTheOrderOfArrivalEachBatchIsTakenOnceAndInOrder() {
    for (int seed = 0; seed < 50; seed++) {
      Logs shuffled = new Logs(1 << 20);
      List<Batch> arriving = new ArrayList<>(CHAIN);
      arriving.addAll(CHAIN);
      Collections.shuffle(arriving, new Random(seed));

      List<Batch> taken = new ArrayList<>();
      for (Batch batch : arriving) {
        if (shuffled.offer(entry(batch))
            instanceof Accepted(List<Entry> entries, Optional<Batch> _)) {
          entries.forEach(entry -> taken.add(entry.batch()));
        }
      }

      assertThat(taken).as("seed %d", seed).isEqualTo(CHAIN);
    }
  }

  @Test
  void batchHeldOrWaitingAlreadyIsADuplicate() {
    offer(CHAIN.get(0));
    offer(CHAIN.get(3));

    assertThat(offer(CHAIN.get(0))).isEqualTo(new Duplicate());
    assertThat(offer(CHAIN.get(3))).isEqualTo(new Duplicate());
  }

  @Test
  void batchBeyondAGapWaitsAndNamesTheGap() {
    offer(CHAIN.get(0));

    assertThat(offer(CHAIN.get(3))).isEqualTo(new Waiting(new Range(LOG, 3, 6)));
    assertThat(logs.taken(LOG)).isEqualTo(2);
  }

  @Test
  void whatWaitsIsBoundedInBytesAndRoomComesBackWhenTheGapCloses() {
    Logs small = new Logs(4L * CHAIN.get(1).length());
    small.offer(entry(CHAIN.get(1)));
    small.offer(entry(CHAIN.get(2)));

    assertThat(small.offer(entry(CHAIN.get(4)))).isEqualTo(new Full(new Range(LOG, 1, 8)));

    small.offer(entry(CHAIN.get(0)));
    assertThat(small.taken(LOG)).isEqualTo(6);
    assertThat(small.offer(entry(CHAIN.get(4)))).isInstanceOf(Waiting.class);
  }

  @Test
  void logThatHasManyBatchesBehindAGapLeavesRoomForOthers() {
    Logs small = new Logs(4L * CHAIN.get(1).length());
    CHAIN.subList(1, 6).forEach(batch -> small.offer(entry(batch)));
    List<Batch> other = Cast.chain(Cast.log(4), 2, 2);

    assertThat(small.offer(entry(other.get(1)))).isInstanceOf(Waiting.class);
  }

  @Test
  void batchThatNamesAnotherPredecessorIsAFork() {
    offer(CHAIN.get(0));
    Batch other = Cast.batch(LOG, 3, CHAIN.get(4).hash(), 2);

    assertThat(offer(other)).isEqualTo(new Forked(Optional.empty()));
    assertThat(offer(CHAIN.get(1))).as("the log goes on").isInstanceOf(Accepted.class);
  }

  @Test
  void batchThatOverlapsTheEndIsAFork() {
    offer(CHAIN.get(0));
    Batch overlapping = Cast.batch(LOG, 2, CHAIN.get(0).hash(), 2);

    assertThat(offer(overlapping)).isEqualTo(new Forked(Optional.empty()));
  }

  @Test
  void forkThatWaitedShowsWhenTheGapCloses() {
    Batch misfit = Cast.batch(LOG, 3, Digest.ZERO, 5);
    offer(misfit);

    assertThat(offer(CHAIN.get(0)))
        .isEqualTo(new Accepted(List.of(entry(CHAIN.get(0))), Optional.of(misfit)));
    assertThat(offer(CHAIN.get(1))).isInstanceOf(Accepted.class);
  }

  @Test
  void diskThatRefusesTakesTheLogBackToWhatIsDurable() {
    CHAIN.subList(0, 4).forEach(this::offer);
    logs.persisted(CHAIN.get(0));

    logs.forgetWhatIsNotDurable();

    assertThat(logs.taken(LOG)).isEqualTo(2);
    assertThat(logs.takenHash(LOG)).isEqualTo(CHAIN.get(0).hash());
    assertThat(offer(CHAIN.get(1))).isInstanceOf(Accepted.class);
  }

  @Test
  void prunedLogBeginsAtTheFloorWithWhatHadWaitedThere() {
    offer(CHAIN.get(0));
    logs.persisted(CHAIN.get(0));
    offer(CHAIN.get(3));
    offer(CHAIN.get(4));

    List<Entry> begun = logs.startAt(LOG, 7);

    assertThat(begun).containsExactly(entry(CHAIN.get(3)), entry(CHAIN.get(4)));
    assertThat(logs.taken(LOG)).isEqualTo(10);
    assertThat(logs.durable(LOG)).as("nothing new is on disk").isEqualTo(2);
    assertThat(offer(CHAIN.get(5))).isInstanceOf(Accepted.class);
  }

  @Test
  void floorBelowWhatIsHeldChangesNothing() {
    CHAIN.forEach(this::offer);

    assertThat(logs.startAt(LOG, 5)).isEmpty();
    assertThat(logs.taken(LOG)).isEqualTo(12);
  }

  @Test
  void logFoundOnDiskGoesOnWhereItEnded() {
    logs.restore(LOG, 1, 4, CHAIN.get(1).hash());

    assertThat(offer(CHAIN.get(0))).isEqualTo(new Duplicate());
    assertThat(offer(CHAIN.get(2))).isInstanceOf(Accepted.class);
    assertThat(logs.durable()).containsExactly(new LogHead(LOG, 4));
  }

  @Test
  void whatWasPrunedBeforeThisNodeCameIsNotHeldAfterARestartEither() {
    logs.restore(LOG, 3, 6, Digest.ZERO);

    assertThat(logs.hasDurable(new LogHead(LOG, 2))).isFalse();
    assertThat(logs.hasDurable(new LogHead(LOG, 3))).isTrue();
    assertThat(logs.hasDurable(new LogHead(LOG, 7))).isFalse();
  }

  @Test
  void moreLogsAreHeldThanWereExpected() {
    List<LogHead> held = new ArrayList<>();
    logs.expect(2);
    for (int origin = 0; origin < 40; origin++) {
      logs.restore(Cast.log(origin), 1, origin + 1, Digest.ZERO);
      held.add(new LogHead(Cast.log(origin), origin + 1));
    }

    assertThat(logs.durable()).isEqualTo(held);
  }

  @Test
  void durableHeadsAreThoseOfEveryEpochOfTheOriginAndOfNobodyElse() {
    LogId later = new LogId(Guid.of(3), 2);
    logs.restore(LOG, 1, 4, Digest.ZERO);
    logs.restore(later, 1, 1, Digest.ZERO);
    logs.restore(Cast.log(4), 1, 9, Digest.ZERO);
    logs.offer(entry(Cast.batch(Cast.log(5), 1, Digest.ZERO, 1)));

    assertThat(logs.durable(Guid.of(3)))
        .containsExactly(new LogHead(LOG, 4), new LogHead(later, 1));
    assertThat(logs.durable(Guid.of(5))).as("taken only").isEmpty();
  }

  private Offer offer(Batch batch) {
    return logs.offer(entry(batch));
  }

  private static Entry entry(Batch batch) {
    return new Entry(batch, 1, false);
  }
}
