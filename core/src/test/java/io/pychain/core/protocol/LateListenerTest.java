package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node that is kept from working must not take its peers for silent.
class LateListenerTest {
  private static final LinkId SILENT = new LinkId(1);
  private static final LinkId ANSWERING = new LinkId(2);

  /// Longer than anybody is waited for.
  private static final Duration LONG = Duration.ofSeconds(5);

  private final Protocol node =
      new Protocol(Props.identity(5), Props.CONFIG, Stored.empty(9), new SplittableRandom(1));
  private final List<Persist> written = new ArrayList<>();
  private Instant now = Cast.NOON;

  @BeforeEach
  void handSomethingToTwoPeersOfWhomOneAnswers() {
    give(new Input.LinkUp(SILENT, Cast.record(6, 1), 10, "host", 2, true));
    give(new Input.LinkUp(ANSWERING, Cast.record(7, 1), 11, "host", 2, true));
    persistAll();
    acknowledge(SILENT);
    acknowledge(ANSWERING);
    now = now.plusMillis(1);
    give(new Input.Publish(1, List.of(Props.message(9))));
    persistAll();
    acknowledge(ANSWERING);
    assertThat(handedOver()).isZero();
  }

  @Test
  void shareOfAPeerThatIsSilentGoesToAnother() {
    wakeUntil(now.plus(LONG));

    assertThat(handedOver()).isPositive();
  }

  @Test
  void nodeThatComesLateToLookGivesPeersAsLongAgain() {
    now = now.plus(LONG);
    give(new Input.Wake());
    assertThat(handedOver()).as("it may not have been listening").isZero();

    acknowledge(SILENT);
    wakeUntil(now.plus(LONG));

    assertThat(handedOver()).as("the peer has been there all the time").isZero();
  }

  private void wakeUntil(Instant end) {
    while (node.deadline().isBefore(end)) {
      Instant due = node.deadline();
      now = due.isAfter(now) ? due : now;
      give(new Input.Wake());
    }
    now = end;
  }

  private long handedOver() {
    return node.view().counts().handedOver();
  }

  private void acknowledge(LinkId link) {
    give(new Input.Received(link, new Frame.Ack(99)));
    give(new Input.Received(link, new Frame.Ack(99, 0, true)));
  }

  private void give(Input input) {
    Effects effects = node.handle(now, input);
    written.addAll(effects.persist());
  }

  private void persistAll() {
    for (long before = -1; before < written.size(); ) {
      before = written.size();
      give(new Input.Persisted(written.getLast().write()));
    }
  }
}
