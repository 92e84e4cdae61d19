package io.pychain.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.protocol.Effects;
import io.pychain.node.store.Origin;
import io.pychain.node.store.Origin.Taker;
import io.pychain.node.store.Store;
import io.pychain.node.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeDeskTest {
  private static final LinkId LINK = new LinkId(7);

  @TempDir Path folder;
  private Store store;
  private final Peer peer = new Peer();
  private final Origin ann = new Origin(1);
  private final Taker taker = new Taker();

  /// The link's other end: takes every part once it may.
  private static final class Peer implements Links {
    private final BlockingQueue<Frame.Batches> parts = new LinkedBlockingQueue<>();
    private CountDownLatch room = new CountDownLatch(0);

    @Override
    public void dial(Effects.Dial dial) {}

    @Override
    public boolean send(Effects.Send send) {
      return parts.add((Frame.Batches) send.frame());
    }

    @Override
    public boolean sendInTurn(Effects.Send send) throws InterruptedException {
      room.await();
      send(send);
      return true;
    }

    @Override
    public void seek(Effects.Seek seek) {}

    @Override
    public void drop(Effects.Drop drop) {}

    List<Frame.Batches> answer() throws InterruptedException {
      List<Frame.Batches> answer = new ArrayList<>();
      while (answer.isEmpty() || !answer.getLast().done()) {
        Frame.Batches part = parts.poll(10, TimeUnit.SECONDS);
        if (part == null) {
          return answer;
        }
        answer.add(part);
      }
      return answer;
    }
  }

  @BeforeEach
  void open() throws IOException {
    store = Store.open(StoreConfig.in(folder));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private ServeDesk desk(int answerBytesMax, int partBytesMax) {
    EngineLimits limits = EngineLimits.DEFAULT;
    return new ServeDesk(
        store,
        peer,
        new EngineLimits(
            limits.inboxCountMax(),
            limits.inboxBytesMax(),
            limits.publishWait(),
            limits.tailCountMax(),
            limits.tailBytesMax(),
            limits.subscriptionsMax(),
            limits.pageBytesMax(),
            2,
            3,
            answerBytesMax,
            partBytesMax,
            limits.viewAge(),
            limits.stopWait()));
  }

  private Batch write(Batch batch) throws IOException {
    store.write(List.of(taker.take(batch)));
    return batch;
  }

  private static Effects.Serve wanted(long id, Range... ranges) {
    return new Effects.Serve(LINK, new Frame.Fetch(id, List.of(ranges)));
  }

  private static List<Batch> batches(List<Frame.Batches> answer) {
    return answer.stream().flatMap(part -> part.batches().stream()).toList();
  }

  @Test
  void rangesAreAnsweredInOrderAndTheLastPartSaysSo() throws Exception {
    Origin bob = new Origin(2);
    Batch one = write(ann.batch(2));
    Batch two = write(bob.batch(1));
    Batch three = write(ann.batch(2));

    desk(1 << 20, 1 << 20).serve(wanted(5, new Range(bob.log(), 1, 9), new Range(ann.log(), 1, 4)));

    List<Frame.Batches> answer = peer.answer();
    assertThat(answer).singleElement().extracting(Frame.Batches::id).isEqualTo(5L);
    assertThat(batches(answer)).containsExactly(two, one, three);
  }

  @Test
  void largeAnswerComesInPartsOfBoundedSize() throws Exception {
    List<Batch> written = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      written.add(write(ann.large(1_000)));
    }

    desk(1 << 20, 2_500).serve(wanted(1, new Range(ann.log(), 1, 10)));

    List<Frame.Batches> answer = peer.answer();
    assertThat(answer).hasSizeGreaterThan(4);
    assertThat(answer).allMatch(part -> part.batches().size() <= 2);
    assertThat(batches(answer)).isEqualTo(written);
  }

  @Test
  void answerStopsAtItsLimitAndTheAskerAsksAgain() throws Exception {
    for (int i = 0; i < 10; i++) {
      write(ann.large(1_000));
    }

    desk(3_000, 2_500).serve(wanted(1, new Range(ann.log(), 1, 10)));

    assertThat(batches(peer.answer())).hasSizeBetween(2, 4);
  }

  @Test
  void askerIsToldTheFloorOfWhatWasPruned() throws Exception {
    write(ann.batch(3));
    store.prune(Origin.START.plus(Duration.ofDays(30)));
    Batch kept = write(ann.batch(1));

    desk(1 << 20, 1 << 20).serve(wanted(1, new Range(ann.log(), 1, 4)));

    List<Frame.Batches> answer = peer.answer();
    assertThat(batches(answer)).containsExactly(kept);
    assertThat(answer.getFirst().floors()).containsExactly(new LogHead(ann.log(), 4));
  }

  @Test
  void unknownLogIsAnsweredWithNothing() throws Exception {
    desk(1 << 20, 1 << 20).serve(wanted(1, new Range(ann.log(), 1, 4)));

    assertThat(peer.answer()).containsExactly(new Frame.Batches(1, List.of(), List.of(), true));
  }

  @Test
  void questionsBeyondTheLimitGetAnEmptyAnswerAtOnce() throws Exception {
    write(ann.batch(1));
    peer.room = new CountDownLatch(1);
    ServeDesk desk = desk(1 << 20, 1 << 20);
    Range range = new Range(ann.log(), 1, 1);

    desk.serve(wanted(1, range));
    desk.serve(wanted(2, range));
    desk.serve(wanted(3, range));

    assertThat(peer.answer()).containsExactly(new Frame.Batches(3, List.of(), List.of(), true));
    peer.room.countDown();
    assertThat(batches(peer.answer())).hasSize(1);
    assertThat(batches(peer.answer())).hasSize(1);
  }
}
