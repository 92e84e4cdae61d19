package io.pychain.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.admission.Pass;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Input;
import io.pychain.node.keys.NodeKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Duration NONE = Duration.ZERO;

  private final Inbox inbox = new Inbox(3, 10_000);

  private static Input input(int bytes) {
    return new Input.Publish(1, List.of(new Message("text/plain", Bytes.wrap(new byte[bytes]))));
  }

  @Test
  void everythingThatWaitsIsTakenTogetherReportsFirst() throws Exception {
    inbox.put(new Input.SyncNow(1));
    inbox.put(new Input.SyncNow(2));
    inbox.report(new Input.Persisted(7));

    assertThat(inbox.take(NONE))
        .containsExactly(new Input.Persisted(7), new Input.SyncNow(1), new Input.SyncNow(2));
    assertThat(inbox.take(NONE)).isEmpty();
  }

  @Test
  void laterReportStandsForAnEarlierOneButNotAcrossAFailure() throws Exception {
    inbox.report(new Input.Persisted(1));
    inbox.report(new Input.Persisted(2));
    inbox.report(new Input.PersistFailed("full"));
    inbox.report(new Input.Persisted(3));

    assertThat(inbox.take(NONE))
        .containsExactly(
            new Input.Persisted(2), new Input.PersistFailed("full"), new Input.Persisted(3));
  }

  @Test
  void fullInboxRefusesAPublisherAfterItsWait() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(inbox.offer(input(1), NONE)).isTrue();
    }

    assertThat(inbox.offer(input(1), Duration.ofMillis(1))).isFalse();
    assertThat(inbox.take(NONE)).hasSize(3);
    assertThat(inbox.offer(input(1), NONE)).isTrue();
  }

  @Test
  void bytesAreBoundedTooButOneInputOfAnySizeFits() throws Exception {
    assertThat(inbox.offer(input(50_000), NONE)).isTrue();
    assertThat(inbox.offer(input(1), NONE)).isFalse();
  }

  @Test
  void reportsFindRoomInAFullInbox() throws Exception {
    inbox.put(input(50_000));
    inbox.report(new Input.Persisted(1));

    assertThat(inbox.take(NONE)).hasSize(2);
  }

  @Test
  void commandsFindRoomInAFullInboxAndGoFirst() throws Exception {
    inbox.put(input(50_000));

    assertThat(inbox.command(new Input.Leave(1))).isTrue();

    assertThat(inbox.take(NONE)).containsExactly(new Input.Leave(1), input(50_000));
  }

  @Test
  void urgentInputsOvertakeDataButNotTheirLinkAndTheEndOfALinkOvertakesNothing() throws Exception {
    LinkId link = new LinkId(1);
    Input data = new Input.Received(link, new Frame.SyncRequest(1, 2));
    Input ping = new Input.Received(link, new Frame.Ping(1));
    Input up = new Input.GuestUp(link, NodeKeys.generate().key(), "host", Pass.NOTHING);
    Input down = new Input.LinkDown(link, "gone");
    Inbox roomy = new Inbox(10, 10_000);
    for (Input input : List.of(input(1), up, data, ping, down)) {
      roomy.put(input);
    }

    assertThat(roomy.take(NONE)).containsExactly(up, ping, input(1), data, down);
  }

  @Test
  void urgentInputsFindRoomWhereDataDoesNot() throws Exception {
    inbox.put(input(50_000));
    Input ping = new Input.Received(new LinkId(1), new Frame.Ping(1));

    assertThat(inbox.offer(ping, NONE)).isTrue();
    assertThat(inbox.take(NONE)).containsExactly(ping, input(50_000));
  }

  @Test
  void urgentInputsAreBoundedToo() throws Exception {
    Input ping = new Input.Received(new LinkId(1), new Frame.Ping(1));
    for (int i = 0; i < 3; i++) {
      assertThat(inbox.offer(ping, NONE)).isTrue();
    }

    assertThat(inbox.offer(ping, NONE)).isFalse();
  }

  @Test
  void commandsAreBoundedToo() {
    for (int i = 0; i < Inbox.COMMANDS_MAX; i++) {
      assertThat(inbox.command(new Input.SyncNow(i))).isTrue();
    }

    assertThat(inbox.command(new Input.SyncNow(0))).isFalse();
    inbox.close();
  }

  @Test
  void closedInboxTakesNoCommand() {
    inbox.close();

    assertThat(inbox.command(new Input.Leave(1))).isFalse();
  }

  @Test
  void linkWaitsForRoomAndGoesOnWhenThereIs() throws Exception {
    inbox.put(input(50_000));
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> put(input(1)));

    assertThat(waiting).isNotDone();
    assertThat(inbox.take(NONE)).hasSize(1);
    waiting.get(10, TimeUnit.SECONDS);
    assertThat(inbox.take(NONE)).hasSize(1);
  }

  @Test
  void closedInboxLetsGoWhoWaitsAndTakesNothing() throws Exception {
    inbox.put(input(50_000));
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> put(input(1)));

    inbox.close();

    waiting.get(10, TimeUnit.SECONDS);
    assertThat(inbox.offer(input(1), NONE)).isFalse();
    assertThat(inbox.take(NONE)).hasSize(1);
  }

  @Test
  void wakeEndsAWaitWithNothing() throws Exception {
    inbox.wake();

    assertThat(inbox.take(Duration.ofMinutes(1))).isEmpty();
  }

  private void put(Input input) {
    try {
      inbox.put(input);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
