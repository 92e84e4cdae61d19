package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Address;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Ping;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.Frame.SyncRequest;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Position;
import io.pychain.core.wire.FrameCodec;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.Outbox.Offered;
import io.pychain.node.link.TransportConfig.Queues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int CONTROL_BYTES_MAX = 1_000;
  private static final int URGENT_BYTES_MAX = 2_000;
  private static final int DATA_BYTES_MAX = 10_000;
  private static final int ALL_BYTES_MAX = 15_000;
  private static final int ANSWER_BYTES_MAX = 2_000;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final TestNetwork network = new TestNetwork("here");
  private final NodeKeys keys = NodeKeys.generate();
  private static final Queues QUEUES =
      new Queues(
          CONTROL_BYTES_MAX, URGENT_BYTES_MAX, DATA_BYTES_MAX, ANSWER_BYTES_MAX, ALL_BYTES_MAX);

  private final Budget budget = new Budget(ALL_BYTES_MAX);
  private final Outbox outbox = new Outbox(QUEUES, budget);

  @Test
  void controlGoesBeforeData() {
    outbox.offer(push(1));
    outbox.offer(new Ping(2));
    outbox.offer(push(3));
    outbox.offer(new Ping(4));

    assertThat(all()).containsExactly(new Ping(2), new Ping(4), push(1), push(3));
  }

  @Test
  void urgentGoesBeforeData() {
    Frame announce = announce();
    Frame event = event();
    outbox.offer(push(1));
    outbox.offer(announce);
    outbox.offer(push(2));
    outbox.offer(event);
    outbox.offer(new Ping(3));

    assertThat(all()).containsExactly(new Ping(3), announce, event, push(1), push(2));
  }

  @Test
  void urgentDoesNotKeepDataBackForEver() {
    outbox.offer(push(1));

    int passed = 0;
    Frame next = event();
    while (!next.equals(push(1)) && passed <= Outbox.URGENT_RUN_MAX) {
      outbox.offer(event());
      next = outbox.poll().orElseThrow();
      passed++;
    }

    assertThat(next).isEqualTo(push(1));
  }

  @Test
  void fullUrgentLaneRefusesAndCounts() {
    while (outbox.offer(event()) == Offered.QUEUED) {
      assertThat(outbox.queuedBytes()).isLessThanOrEqualTo(URGENT_BYTES_MAX);
    }

    assertThat(outbox.droppedFrames()).isOne();
    assertThat(outbox.offer(push(1))).isEqualTo(Offered.QUEUED);
  }

  @Test
  void allOutboxesTogetherAreBounded() {
    Outbox other = new Outbox(QUEUES, budget);
    fillData();

    while (other.offer(push(1_000)) == Offered.QUEUED) {
      assertThat(budget.used()).isLessThanOrEqualTo(ALL_BYTES_MAX);
    }

    assertThat(other.queuedBytes()).isBetween(3_000L, 6_000L);
    assertThat(new Outbox(QUEUES, budget).offer(push(1_000)))
        .as("an idle link is never refused its first frame")
        .isEqualTo(Offered.QUEUED);
  }

  @Test
  void whatLeavesAnOutboxOrIsForgottenIsGivenBack() {
    Outbox other = new Outbox(QUEUES, budget);
    fillData();
    other.offer(push(1_000));

    all();
    other.close();

    assertThat(budget.used()).isZero();
  }

  @Test
  void fullDataLaneDropsWhatIsBroadcastAndCountsIt() {
    int queued = 0;
    while (outbox.offer(push(1_000)) == Offered.QUEUED) {
      queued++;
    }

    assertThat(queued).isBetween(7, 9);
    assertThat(outbox.queuedBytes()).isLessThanOrEqualTo(DATA_BYTES_MAX);
    assertThat(outbox.offer(push(1_000))).isEqualTo(Offered.DROPPED);
    assertThat(outbox.droppedFrames()).isEqualTo(2);
  }

  @Test
  void fullDataLaneStillTakesControl() {
    fillData();

    assertThat(outbox.offer(new Ping(1))).isEqualTo(Offered.QUEUED);
    assertThat(outbox.poll()).contains(new Ping(1));
  }

  @Test
  void emptyLaneTakesAFrameOfAnyLength() {
    assertThat(outbox.offer(push(5 * DATA_BYTES_MAX))).isEqualTo(Offered.QUEUED);
    assertThat(outbox.offer(push(1))).isEqualTo(Offered.DROPPED);
  }

  @Test
  void controlLaneOverflowsRatherThanToDrop() {
    Offered offered = Offered.QUEUED;
    int frames = 0;
    while (offered == Offered.QUEUED) {
      offered = outbox.offer(new Ping(frames++));
    }

    assertThat(offered).isEqualTo(Offered.OVERFLOW);
    assertThat(outbox.queuedBytes()).isLessThanOrEqualTo(CONTROL_BYTES_MAX);
    assertThat(outbox.droppedFrames()).isZero();
  }

  @Test
  void emptiedOutboxCountsNothing() {
    outbox.offer(push(100));
    outbox.offer(new Ping(1));

    all();

    assertThat(outbox.queuedBytes()).isZero();
  }

  @Test
  void answerWaitsUntilLittleIsLeft() throws Exception {
    fillData();
    var answer = CompletableFuture.supplyAsync(() -> whenRoom(push(7)), THREADS);

    assertThat(answer).isNotDone();
    List<Frame> sent = new ArrayList<>();
    while (!answer.isDone()) {
      outbox.poll().ifPresent(sent::add);
    }

    assertThat(answer.get()).isTrue();
    sent.addAll(all());
    assertThat(sent).endsWith(push(7));
  }

  @Test
  void answerWaitsNoLongerThanItsTime() throws Exception {
    fillData();

    assertThat(outbox.offerWhenRoom(push(7), Duration.ofMillis(5))).isFalse();
    assertThat(all()).doesNotContain(push(7));
  }

  @Test
  void closingEndsTheWaitForRoom() throws Exception {
    fillData();
    var answer = CompletableFuture.supplyAsync(() -> whenRoom(push(7)), THREADS);

    outbox.close();

    assertThat(answer.get()).isFalse();
  }

  @Test
  void closingEndsTheWaitForAFrame() throws Exception {
    var next = CompletableFuture.supplyAsync(this::take, THREADS);

    outbox.close();

    assertThat(next.get()).isEmpty();
  }

  @Test
  void goodbyeIsTheLastWordAfterControlAndInsteadOfData() {
    Frame.Goodbye goodbye = new Frame.Goodbye(Reason.STOPPING, "enough");
    outbox.offer(push(1));
    outbox.offer(new Ping(1));

    outbox.closeAfter(goodbye);

    assertThat(outbox.offer(new Ping(2))).isEqualTo(Offered.CLOSED);
    assertThat(all()).containsExactly(new Ping(1), goodbye);
    assertThat(take()).isEmpty();
  }

  @Test
  void lengthsAreEstimatedWell() {
    List<Frame> frames =
        List.of(new Ping(1), push(10), push(10_000), announce(), new SyncRequest(1, 2));

    assertThat(frames)
        .allSatisfy(frame ->
            assertThat(Outbox.bytes(frame))
                .isBetween(
                    (long) FrameCodec.encode(frame).length,
                    FrameCodec.encode(frame).length + 100L));
  }

  private void fillData() {
    while (outbox.offer(push(1_000)) == Offered.QUEUED) {
      assertThat(outbox.queuedBytes()).isLessThanOrEqualTo(DATA_BYTES_MAX);
    }
  }

  private boolean whenRoom(Frame frame) {
    try {
      return outbox.offerWhenRoom(frame, LONG);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<Frame> take() {
    try {
      return outbox.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<Frame> all() {
    List<Frame> frames = new ArrayList<>();
    for (var next = outbox.poll(); next.isPresent(); next = outbox.poll()) {
      frames.add(next.get());
    }
    return frames;
  }

  private Frame push(int length) {
    return new Frame.Push(network.batch(1, keys, new byte[length]), new Position(0), 1);
  }

  private Frame event() {
    String joined = "{\"event\":{\"name\":\"PEER_JOINED\",\"args\":{}}}";
    var message = new Message(Message.EVENT, Bytes.utf8(joined));
    return new Frame.Push(network.batch(1, keys, message), new Position(0), 1);
  }

  private Frame announce() {
    var record = network.record(1, keys, new Address("here", 1));
    return new Frame.Announce(record, new Position(0), 1);
  }
}
