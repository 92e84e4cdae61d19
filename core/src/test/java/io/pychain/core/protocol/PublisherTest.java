package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.limit.Quotas;
import io.pychain.core.link.LinkConfig;
import io.pychain.core.link.Links;
import io.pychain.core.log.Logs;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Persist.StoreBatch;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublisherTest {
  private final Links links = new Links(Guid.of(1), LinkConfig.DEFAULT);
  private final Outlet out = new Outlet(links, new Counters());
  private final Logs logs = new Logs(0);
  private final Writes writes = new Writes(out, Stored.empty(1), Long.MAX_VALUE);
  private boolean networkKeepsUp = true;
  private final Quotas quotas = new Quotas();
  private final Publisher publisher =
      new Publisher(
          Props.identity(1),
          Props.CONFIG,
          new Publisher.Ground(logs, writes, quotas, () -> networkKeepsUp, out));
  private final List<Answer> answers = new ArrayList<>();
  private final List<Batch> written = new ArrayList<>();
  private long lastTicket;
  private Instant now = Cast.NOON;

  @Test
  void messageAloneLeavesAtOnce() {
    publish(1, 10);

    assertThat(written).hasSize(1);
    assertThat(answers).as("not yet durable").isEmpty();

    persist();
    assertThat(answers).containsExactly(new Answer.Published(1, publisher.log(), 1, Cast.NOON));
  }

  @Test
  void whatIsPublishedMeanwhileSharesTheNextBatch() {
    publish(1, 10);
    publish(2, 10);
    publish(1, 10);
    assertThat(written).as("one at a time").hasSize(1);

    persist();

    assertThat(written).hasSize(2);
    assertThat(written.getLast().messages()).hasSize(3);
    persist();
    assertThat(answers)
        .extracting(answer -> ((Answer.Published) answer).firstSeq())
        .containsExactly(1L, 2L, 4L);
  }

  @Test
  void batchOfManyRequestsIsBoundedInBytesAndMessages() {
    publish(1, 10);
    for (int i = 0; i < 10; i++) {
      publish(1, 100 << 10);
    }
    for (int i = 0; i < 4; i++) {
      publish(1_000, 1);
    }
    while (answers.size() < 15) {
      persist();
    }

    assertThat(written).allMatch(batch -> batch.length() <= Props.CONFIG.batchBytesMax() + 4_096);
    assertThat(written)
        .allMatch(batch -> batch.messages().size() <= Props.CONFIG.batchMessagesMax());
    assertThat(written).hasSize(1 + 5 + 2);
  }

  @Test
  void logIsOneChainWithoutGapOrForkWhateverTheDiskRefuses() {
    Random random = new Random(5);
    List<Batch> durable = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      publish(1 + random.nextInt(3), random.nextInt(100));
      if (random.nextInt(6) == 0 && !written.isEmpty()) {
        fail();
        recover();
      } else if (random.nextInt(3) == 0 && isWriting()) {
        durable.add(written.getLast());
        persist();
      }
    }

    Digest previous = Digest.ZERO;
    long next = 1;
    for (Batch batch : durable) {
      assertThat(batch.firstSeq()).isEqualTo(next);
      assertThat(batch.previous()).isEqualTo(previous);
      next = batch.lastSeq() + 1;
      previous = batch.hash();
    }
    assertThat(durable).hasSizeGreaterThan(30);
  }

  @Test
  void diskThatFailsRefusesAllThatWaitedAndKeepsNothing() {
    publish(1, 10);
    publish(1, 10);
    publish(1, 10);

    fail();

    assertThat(answers)
        .containsExactly(
            new Answer.Refused(1, "disk full"),
            new Answer.Refused(2, "disk full"),
            new Answer.Refused(3, "disk full"));
    publish(1, 10);
    assertThat(answers).as("until it works").last().isEqualTo(new Answer.Refused(4, "disk full"));

    recover();
    publish(1, 10);
    assertThat(written.getLast().firstSeq()).isEqualTo(1);
  }

  @Test
  void everyTicketGetsExactlyOneAnswer() {
    Random random = new Random(9);
    for (int i = 0; i < 300; i++) {
      publish(1 + random.nextInt(5), random.nextInt(300 << 10));
      if (random.nextInt(8) == 0) {
        fail();
        recover();
      } else if (random.nextInt(2) == 0 && isWriting()) {
        persist();
      }
    }
    fail();

    assertThat(answers).extracting(Answer::ticket).doesNotHaveDuplicates().hasSize(300);
  }

  @Test
  void requestsOverALimitAreRefusedAndNothingIsWritten() {
    publish(0, 0);
    publish(Publisher.REQUEST_MESSAGES_MAX + 1, 0);
    publish(1, Props.CONFIG.messageBytesMax() + 1);
    publish(9, Props.CONFIG.messageBytesMax());

    assertThat(answers).hasSize(4).hasOnlyElementsOfType(Answer.Refused.class);
    assertThat(written).isEmpty();
  }

  @Test
  void contentTypesCountSoThatARequestAlwaysFitsABatch() {
    Message wordy = new Message("€".repeat(255), Bytes.EMPTY);
    Message wordier = new Message("€".repeat(255), Bytes.wrap(new byte[20]));
    request(Collections.nCopies(Publisher.REQUEST_MESSAGES_MAX, wordier));
    assertThat(answers).hasOnlyElementsOfType(Answer.Refused.class).hasSize(1);

    request(Collections.nCopies(Publisher.REQUEST_MESSAGES_MAX, wordy));
    assertThat(written).as("the largest that is taken can be sealed").hasSize(1);
  }

  @Test
  void contentTypeThatNobodyCouldReadIsRefused() {
    request(List.of(new Message("text/plain\n", Bytes.EMPTY)));

    assertThat(answers).hasOnlyElementsOfType(Answer.Refused.class).hasSize(1);
  }

  @Test
  void queueIsBoundedAlsoAgainstEmptyMessages() {
    publish(1, 0);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      int before = answers.size();
      publish(Publisher.REQUEST_MESSAGES_MAX, 0);
      refused += answers.size() - before;
    }

    assertThat(refused).isPositive();
  }

  @Test
  void dataWaitsForTheNetworkAndThenSharesABatch() {
    networkKeepsUp = false;
    publish(1, 10);
    publish(2, 10);
    assertThat(written).isEmpty();

    networkKeepsUp = true;
    pass(Duration.ZERO);

    assertThat(written).hasSize(1);
    assertThat(written.getFirst().messages()).hasSize(3);
  }

  @Test
  void whatHasWaitedTooLongIsRefusedAndNeverWritten() {
    networkKeepsUp = false;
    publish(1, 10);
    pass(Duration.ofMillis(1));
    publish(1, 10);

    pass(Publisher.PATIENCE.minusMillis(1));
    assertThat(answers).extracting(Answer::ticket).containsExactly(1L);
    assertThat(publisher.deadline()).isEqualTo(now.plusMillis(1));

    networkKeepsUp = true;
    pass(Duration.ofMillis(1));
    persist();
    assertThat(answers).last().isInstanceOf(Answer.Published.class);
    assertThat(publisher.isIdle()).isTrue();
    assertThat(written).as("the second only").hasSize(1);
  }

  @Test
  void diskThatStallsRefusesInTimeWhatItWasNotGiven() {
    publish(1, 10);
    publish(1, 10);

    pass(Publisher.PATIENCE);

    assertThat(answers).as("the first may yet become durable").hasSize(1);
    assertThat(answers.getFirst()).isInstanceOf(Answer.Refused.class);
    assertThat(answers.getFirst().ticket()).isEqualTo(2);
  }

  @Test
  void ownEventsGoFirstByThemselvesAndWaitForNoNetwork() {
    publish(1, 10);
    networkKeepsUp = false;
    publish(1, 10);
    event();
    event();
    assertThat(written).as("one at a time").hasSize(1);

    persist();

    assertThat(written).hasSize(2);
    assertThat(written.getLast().isOfSystemEvents()).isTrue();
    assertThat(written.getLast().messages()).hasSize(2);
    assertThat(answers).extracting(Answer::ticket).containsExactly(1L);
  }

  @Test
  void ownEventsAreAnsweredToNobody() {
    event();
    persist();
    event();
    fail();

    assertThat(answers).isEmpty();
  }

  private void event() {
    publisher.publish(now, SystemEvent.PEER_LEAVING.about(Cast.record(1, 1)));
    collect();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    publisher.onTime(now);
    collect();
  }

  private void publish(int messages, int bytes) {
    request(Collections.nCopies(messages, Props.message(bytes)));
  }

  private void request(List<Message> messages) {
    publisher.publish(now, new Input.Publish(++lastTicket, messages));
    collect();
  }

  private boolean isWriting() {
    return !written.isEmpty() && logs.durable(publisher.log()) < written.getLast().lastSeq();
  }

  private void persist() {
    for (Persist durable : writes.persisted(Long.MAX_VALUE)) {
      Batch batch = ((StoreBatch) durable).delivery().batch();
      logs.persisted(batch);
      publisher.persisted(now, batch);
    }
    collect();
  }

  private void fail() {
    logs.forgetWhatIsNotDurable();
    writes.failed(Cast.NOON, "disk full");
    publisher.failed("disk full");
    written.removeIf(batch -> batch.lastSeq() > logs.durable(publisher.log()));
    collect();
  }

  private void recover() {
    writes.recovered();
  }

  private void collect() {
    Effects effects = out.drain();
    answers.addAll(effects.answers());
    for (Persist persist : effects.persist()) {
      written.add(((StoreBatch) persist).delivery().batch());
    }
  }
}
