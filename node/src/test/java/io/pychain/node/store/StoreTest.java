package io.pychain.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.failure.Accusation;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Stored;
import io.pychain.core.protocol.Stored.LogEnd;
import io.pychain.core.ring.Guid;
import io.pychain.node.store.Origin.Taker;
import io.pychain.node.store.Store.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final int ALL = 1 << 20;

  @TempDir Path folder;
  private Store store;
  private final Origin ann = new Origin(1);
  private final Origin bob = new Origin(2);
  private Taker taker = new Taker();

  @BeforeEach
  void open() throws IOException {
    store = Store.open(StoreConfig.in(folder));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void reopen() throws IOException {
    store.close();
    open();
  }

  private Batch write(Batch batch) throws IOException {
    store.write(List.of(taker.take(batch)));
    return batch;
  }

  @Test
  void freshStoreHoldsNothingButItsIdentity() throws IOException {
    Stored stored = store.load();

    assertThat(stored.storeId()).isNotZero();
    assertThat(stored).isEqualTo(Stored.empty(stored.storeId()));
    assertThat(store.extent()).isEqualTo(new Extent(1, 0, 0, 0));
  }

  @Test
  void reopenedStoreKnowsTheEndsOfItsLogsAndItsLastWrite() throws IOException {
    long storeId = store.load().storeId();
    write(ann.batch(3));
    Batch annLast = ann.batch(2);
    Batch bobLast = bob.batch(1);
    store.write(List.of(taker.take(annLast), taker.take(bobLast), taker.probe()));

    reopen();

    assertThat(store.load())
        .isEqualTo(
            new Stored(
                storeId,
                4,
                6,
                List.of(),
                List.of(
                    new LogEnd(ann.log(), 1, 5, annLast.hash()),
                    new LogEnd(bob.log(), 1, 1, bobLast.hash())),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of()));
  }

  @Test
  void newestAnchorsAreLoadedInTheirOrder() throws IOException {
    store.write(List.of(new Persist.StoreAnchors(1, List.of(Guid.of(3), Guid.of(1), Guid.of(2)))));
    store.write(List.of(new Persist.StoreAnchors(2, List.of(Guid.of(2), Guid.of(9)))));

    reopen();

    assertThat(store.load().anchors()).containsExactly(Guid.of(2), Guid.of(9));
  }

  @Test
  void newestSuspicionOfEachAccuserIsLoaded() throws IOException {
    write(ann.saying(suspicion(7, 5), suspicion(7, 6)));
    write(bob.saying(suspicion(7, 6), suspicion(8, 5)));

    reopen();

    assertThat(store.load().accusations())
        .containsExactlyInAnyOrder(
            new Accusation(ann.log().guid(), new Suspicion(Guid.of(7), 1, 6)),
            new Accusation(bob.log().guid(), new Suspicion(Guid.of(7), 1, 6)),
            new Accusation(bob.log().guid(), new Suspicion(Guid.of(8), 1, 5)));
  }

  private static Message suspicion(int guid, long number) {
    return new Suspicion(Guid.of(guid), 1, number).message();
  }

  @Test
  void batchComesBackAsItWasWritten() throws IOException {
    Batch batch = ann.batch(3);
    store.write(List.of(taker.take(batch, Origin.START.plusSeconds(5))));

    Delivery delivery = store.after(0, 10, ALL, Optional.empty()).getFirst();

    assertThat(delivery.batch()).isEqualTo(batch);
    assertThat(delivery.firstOffset()).isEqualTo(1);
    assertThat(delivery.received()).isEqualTo(Origin.START.plusSeconds(5));
    assertThat(delivery.hops()).isEqualTo(2);
  }

  @Test
  void readingAfterAnOffsetInsideABatchBeginsWithThatBatch() throws IOException {
    write(ann.batch(3));
    Batch middle = write(bob.batch(3));
    Batch last = write(ann.batch(3));

    assertThat(store.after(3, 100, ALL, Optional.empty()))
        .extracting(Delivery::batch)
        .containsExactly(middle, last);
    assertThat(store.after(5, 100, ALL, Optional.empty()))
        .extracting(Delivery::batch)
        .containsExactly(middle, last);
    assertThat(store.after(6, 100, ALL, Optional.empty()))
        .extracting(Delivery::batch)
        .containsExactly(last);
    assertThat(store.after(9, 100, ALL, Optional.empty())).isEmpty();
  }

  @Test
  void readingStopsAtTheLimitOfMessagesOrBytesButNeverBeforeTheFirstBatch() throws IOException {
    for (int i = 0; i < 5; i++) {
      write(ann.batch(2));
    }

    assertThat(store.after(0, 3, ALL, Optional.empty())).hasSize(2);
    assertThat(store.after(1, 1, ALL, Optional.empty())).hasSize(1);
    assertThat(store.after(0, 100, 1, Optional.empty())).hasSize(1);
  }

  @Test
  void readingOfOneOriginPassesTheOthersOver() throws IOException {
    write(ann.batch(2));
    Batch wanted = write(bob.batch(2));
    write(ann.batch(2));
    Batch next = write(bob.batch(1));
    Optional<Guid> ofBob = Optional.of(Guid.of(2));

    assertThat(store.after(0, 9, ALL, ofBob)).extracting(Delivery::batch).contains(wanted, next);
    assertThat(store.after(3, 9, ALL, ofBob)).extracting(Delivery::batch).contains(wanted, next);
    assertThat(store.after(4, 9, ALL, ofBob)).extracting(Delivery::batch).containsExactly(next);
    assertThat(store.after(7, 9, ALL, ofBob)).isEmpty();
    assertThat(store.after(0, 9, ALL, Optional.of(Guid.of(3)))).isEmpty();
  }

  @Test
  void messageIsFoundByItsIdInsideItsBatch() throws IOException {
    write(ann.batch(2));
    Batch batch = write(ann.batch(3));

    assertThat(store.find(new MessageId(ann.log(), 4)))
        .map(Delivery::batch)
        .isEqualTo(Optional.of(batch));
    assertThat(store.find(new MessageId(ann.log(), 6))).isEmpty();
    assertThat(store.find(new MessageId(bob.log(), 1))).isEmpty();
  }

  @Test
  void rangeIsAnsweredInWholeBatchesUpToTheLimitOfBytes() throws IOException {
    Batch first = write(ann.batch(3));
    write(bob.batch(1));
    Batch second = write(ann.batch(3));
    Batch third = write(ann.batch(3));

    assertThat(store.held(new Range(ann.log(), 2, 5), ALL).batches())
        .containsExactly(first, second);
    assertThat(store.held(new Range(ann.log(), 7, 99), ALL).batches()).containsExactly(third);
    assertThat(store.held(new Range(ann.log(), 1, 9), first.length() + second.length()).batches())
        .containsExactly(first, second);
    assertThat(store.held(new Range(ann.log(), 1, 9), 1).batches()).containsExactly(first);
    assertThat(store.held(new Range(ann.log(), 10, 20), ALL).batches()).isEmpty();
  }

  @Test
  void pruningByAgeForgetsTheOldestAndRaisesTheFloorOfEachLog() throws IOException {
    store.write(
        List.of(
            taker.take(ann.batch(2), Origin.START),
            taker.take(bob.batch(1), Origin.START),
            taker.take(ann.batch(2), Origin.START.plus(Duration.ofDays(1)))));

    boolean more = store.prune(Origin.START.plus(Duration.ofDays(7)).plusSeconds(1));

    assertThat(more).isFalse();
    assertThat(store.extent().firstOffset()).isEqualTo(4);
    assertThat(store.extent().messages()).isEqualTo(2);
    assertThat(store.held(new Range(ann.log(), 1, 9), ALL).floor()).isEqualTo(3);
    assertThat(store.held(new Range(bob.log(), 1, 9), ALL)).isEqualTo(new Store.Held(List.of(), 2));
  }

  @Test
  void endsOfLogsAndOffsetsOutliveEverythingThatIsPruned() throws IOException {
    Batch last = write(ann.batch(4));

    store.prune(Origin.START.plus(Duration.ofDays(30)));
    reopen();

    assertThat(store.extent()).isEqualTo(new Extent(5, 4, 0, 0));
    assertThat(store.load().lastOffset()).isEqualTo(4);
    assertThat(store.load().logs()).containsExactly(new LogEnd(ann.log(), 1, 4, last.hash()));
    assertThat(store.after(0, 10, ALL, Optional.empty())).isEmpty();
  }

  @Test
  void logThatWasBegunLaterSaysSoAfterEverythingIsPruned() throws IOException {
    write(ann.batch(1));
    ann.skip(2);
    write(ann.batch(1));
    Batch last = write(ann.batch(2));
    store.prune(Origin.START.plus(Duration.ofDays(30)));

    assertThat(store.load().logs()).containsExactly(new LogEnd(ann.log(), 4, 6, last.hash()));
  }

  @Test
  void pruningByBytesKeepsAsMuchAsIsRetained() throws IOException {
    store.close();
    StoreConfig small = new StoreConfig(folder, Duration.ofDays(7), 10_000, 1);
    store = Store.open(small);
    for (int i = 0; i < 600; i++) {
      write(ann.large(100));
    }

    int steps = 1;
    while (store.prune(Origin.START)) {
      steps++;
    }

    assertThat(steps).isGreaterThan(1);
    assertThat(store.extent().bytes()).isBetween(9_000L, 10_000L);
    assertThat(store.extent().lastOffset()).isEqualTo(600);
  }

  @Test
  void logThatGoesOnBeyondAGapIsHeldFromAfterTheGap() throws IOException {
    write(ann.batch(2));
    Batch beyond = write(ann.skip(10).batch(1));

    assertThat(store.held(new Range(ann.log(), 13, 13), ALL))
        .isEqualTo(new Store.Held(List.of(beyond), 13));
  }

  @Test
  void fullDiskKeepsNothingOfTheTransactionAndSaysWhatToDo() throws IOException {
    write(ann.batch(1));
    Stored before = store.load();
    store.limitPages(1);

    assertThatThrownBy(() -> store.write(List.of(taker.take(bob.batch(1)), large())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the disk is full. Make room");

    assertThat(store.load()).isEqualTo(before);
    assertThat(store.after(0, 10, ALL, Optional.empty())).hasSize(1);
  }

  private io.pychain.core.protocol.Persist large() {
    return taker.take(ann.large(1 << 20));
  }

  @Test
  void storeIsPinnedToOneNetwork() throws IOException {
    assertThat(store.network()).isEmpty();
    store.pinNetwork(Origin.NETWORK);
    store.pinNetwork(Origin.NETWORK);
    reopen();

    assertThat(store.network()).contains(Origin.NETWORK);
    NetworkInfo other = new NetworkInfo("other", Origin.NETWORK.authority());
    assertThatThrownBy(() -> store.pinNetwork(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("choose another folder");
  }

  @Test
  void folderBelongsToOneOpenStoreOnly() throws IOException {
    assertThatThrownBy(() -> Store.open(StoreConfig.in(folder)))
        .isInstanceOf(StorageInUseException.class)
        .hasMessageContaining("stop that one, or choose another folder");

    store.close();
    Store.open(StoreConfig.in(folder)).close();
  }

  @Test
  void folderIsForItsOwnerOnly() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void folderThatCannotBeMadeIsRefusedWithAdvice() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    assertThatThrownBy(() -> Store.open(StoreConfig.in(file.resolve("storage"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("choose another");
  }

  @Test
  void damagedFileIsRefusedWithAdvice() throws IOException {
    store.close();
    Files.writeString(folder.resolve("pychain.db"), "this is no database".repeat(1_000));

    assertThatThrownBy(() -> Store.open(StoreConfig.in(folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining("move it away");
  }

  @Test
  void closedStoreIsReadNoMore() throws IOException {
    store.close();

    assertThatThrownBy(() -> store.extent()).hasMessageContaining("closed");
  }
}
