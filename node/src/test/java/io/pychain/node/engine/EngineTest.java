package io.pychain.node.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.Node.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One node without links: publishes to itself, and whoever follows it.
class EngineTest {
  private static final long TIMEOUT_SECONDS = 20;

  @TempDir Path folder;
  private LonelyNode node;

  @BeforeEach
  void start() throws IOException {
    node = LonelyNode.start(folder, tinyTail());
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
  }

  /// A tail so short that nearly every subscriber must read the store now and then.
  private static EngineLimits tinyTail() {
    EngineLimits limits = EngineLimits.DEFAULT;
    return new EngineLimits(
        limits.inboxCountMax(),
        limits.inboxBytesMax(),
        limits.publishWait(),
        2,
        1_000,
        4,
        2_000,
        limits.servesPerLink(),
        limits.servesMax(),
        limits.answerBytesMax(),
        limits.partBytesMax(),
        limits.viewAge(),
        limits.stopWait());
  }

  private static List<Message> messages(String... texts) {
    return List.of(texts).stream().map(t -> new Message("text/plain", Bytes.utf8(t))).toList();
  }

  private Answer publish(String... texts) throws Exception {
    return node.engine().publish(messages(texts)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /// Follows until it has so many messages.
  private static final class Collector {
    private final BlockingQueue<DeliveredMessage> taken = new LinkedBlockingQueue<>();

    void take(DeliveredMessage message) {
      taken.add(message);
    }

    List<DeliveredMessage> await(int count) throws InterruptedException {
      List<DeliveredMessage> messages = new ArrayList<>();
      while (messages.size() < count) {
        DeliveredMessage next = taken.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          return messages;
        }
        messages.add(next);
      }
      return messages;
    }
  }

  private static List<Long> offsets(List<DeliveredMessage> messages) {
    return messages.stream().map(DeliveredMessage::offset).toList();
  }

  private static List<Long> upTo(int last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void publishIsAcknowledgedOnceItIsInTheStore() throws Exception {
    Answer.Published published = (Answer.Published) publish("a", "b");

    assertThat(node.stored())
        .extracting(message -> message.id().seq())
        .containsSequence(published.firstSeq(), published.firstSeq() + 1);
  }

  @Test
  void viewIsNeverOlderThanTheLastAcknowledgedPublish() throws Exception {
    for (int i = 0; i < 200; i++) {
      Answer.Published published = (Answer.Published) publish("message " + i);

      assertThat(node.engine().view().logs().getFirst().seq())
          .isGreaterThanOrEqualTo(published.firstSeq());
    }
  }

  @Test
  void subscriberGetsEachMessageOnceInOrderWhileOthersPublish() throws Exception {
    Collector early = new Collector();
    Collector late = new Collector();
    Subscription first = node.engine().subscribe(0, early::take);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(node.engine().publish(messages("m" + i)));
    }
    Subscription second = node.engine().subscribe(0, late::take);
    for (CompletableFuture<Answer> answer : answers) {
      assertThat(answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(Answer.Published.class);
    }
    int all = (int) node.engine().view().lastOffset();

    assertThat(offsets(early.await(all))).isEqualTo(upTo(all));
    assertThat(offsets(late.await(all))).isEqualTo(upTo(all));
    first.close();
    second.close();
  }

  @Test
  void slowSubscriberHoldsNobodyUpAndMissesNothing() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Collector slow = new Collector();
    Subscription subscription =
        node.engine()
            .subscribe(
                0,
                message -> {
                  await(go);
                  slow.take(message);
                });
    for (int i = 0; i < 50; i++) {
      assertThat(publish("m" + i)).isInstanceOf(Answer.Published.class);
    }
    int all = (int) node.engine().view().lastOffset();

    go.countDown();

    assertThat(offsets(slow.await(all))).isEqualTo(upTo(all));
    assertThat(subscription.isOpen()).isTrue();
    subscription.close();
    assertThat(subscription.offset()).isEqualTo(all);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void subscriberStartsAfterTheOffsetThatItNames() throws Exception {
    publish("a", "b", "c", "d");
    long last = node.engine().view().lastOffset();
    Collector collector = new Collector();

    Subscription subscription = node.engine().subscribe(last - 2, collector::take);

    assertThat(offsets(collector.await(2))).containsExactly(last - 1, last);
    assertThat(node.stored().getLast().via()).isEqualTo(Via.LOCAL);
    subscription.close();
  }

  @Test
  void consumerThatThrowsEndsItsSubscriptionOnly() throws Exception {
    CompletableFuture<String> called = new CompletableFuture<>();
    Subscription bad =
        node.engine()
            .subscribe(
                0,
                _ -> {
                  called.complete("called");
                  throw new IllegalArgumentException("not today");
                });

    assertThat(publish("a")).isInstanceOf(Answer.Published.class);
    assertThat(called.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("called");
    bad.close();
    assertThat(bad.isOpen()).isFalse();
    assertThat(publish("b")).isInstanceOf(Answer.Published.class);
  }

  @Test
  void subscriptionsAreBounded() {
    for (int i = 0; i < 4; i++) {
      node.engine().subscribe(0, _ -> {});
    }

    assertThatThrownBy(() -> node.engine().subscribe(0, _ -> {}))
        .hasMessageContaining("4 subscriptions are open");
  }

  @Test
  void subscriptionMayBeClosedByItsOwnConsumer() throws Exception {
    CompletableFuture<Subscription> handle = new CompletableFuture<>();
    Collector collector = new Collector();
    handle.complete(
        node.engine()
            .subscribe(
                0,
                message -> {
                  handle.join().close();
                  collector.take(message);
                }));
    publish("a", "b", "c");

    assertThat(collector.await(1)).hasSize(1);
    handle.join().close();
    assertThat(handle.join().offset()).isEqualTo(1);
  }

  @Test
  void restartedNodeGoesOnWithItsLog() throws Exception {
    Answer.Published before = (Answer.Published) publish("a", "b");
    int held = node.stored().size();
    node.close();

    node = LonelyNode.start(folder, EngineLimits.DEFAULT);
    Answer.Published after = (Answer.Published) publish("c");

    assertThat(after.firstSeq()).isGreaterThanOrEqualTo(before.firstSeq() + 2);
    assertThat(node.stored()).hasSizeGreaterThan(held);
    assertThat(node.stored())
        .extracting(DeliveredMessage::offset)
        .isEqualTo(node.stored().stream().map(message -> message.id().seq()).toList());
  }

  @Test
  void fullDiskRefusesPublishesWithTheReasonUntilThereIsRoom() throws Exception {
    publish("a");
    node.store().limitPages(1);
    String large = "x".repeat(1 << 18);

    assertThat(publish(large))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.reason()).contains("Make room"));
    assertThat(node.engine().view().storeFault()).isPresent();

    node.store().limitPages(1 << 20);
    Answer answer = publish(large);
    while (answer instanceof Answer.Refused) {
      answer = publish(large);
    }
    assertThat(node.stored().getLast().message().data().length()).isEqualTo(1 << 18);
    assertThat(offsets(node.stored())).isEqualTo(upTo(node.stored().size()));
    assertThat(node.engine().view().storeFault()).isEmpty();
  }

  @Test
  void stoppedNodeRefusesToPublish() throws Exception {
    node.engine().close();

    assertThat(publish("a"))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.reason()).contains("stopping"));
  }

  @Test
  void faultInsideTheProtocolStopsTheEngineAndLeavesNobodyWaiting() throws Exception {
    publish("a");
    node.breakKey();

    CompletableFuture<Answer> answer = node.engine().publish(messages("b"));

    assertThat(node.engine().fault().get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("broken key");
    assertThatThrownBy(() -> answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("before it could tell whether");
    assertThat(publish("c")).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void pageOfMessagesIsCutAtItsLimitInsideABatch() throws Exception {
    publish("a", "b", "c", "d", "e");
    long last = node.engine().view().lastOffset();

    assertThat(offsets(Pages.after(node.store(), last - 4, 2, Optional.empty())))
        .containsExactly(last - 3, last - 2);
  }

  @Test
  void drainWaitsForWhatWasTaken() throws Exception {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(node.engine().publish(messages("m" + i)));
    }

    node.engine().drain();

    assertThat(answers).allMatch(CompletableFuture::isDone);
  }
}
