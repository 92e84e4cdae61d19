package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DepartureTest {
  private static final LinkId LINK = new LinkId(1);

  private final Protocol node =
      new Protocol(Props.identity(5), Props.CONFIG, stored(), new SplittableRandom(1));
  private final List<Persist> written = new ArrayList<>();
  private final List<Frame> sent = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private Instant now = Cast.NOON;

  @Test
  void nothingMoreIsPublishedByWhoeverLeaves() {
    give(new Input.Leave(7));

    give(new Input.Publish(8, List.of(Props.message(9))));

    assertThat(answers).singleElement().isInstanceOf(Answer.Refused.class);
  }

  @Test
  void whatWasTakenBeforeIsPublishedFirst() {
    give(new Input.Publish(8, List.of(Props.message(9))));
    give(new Input.Leave(7));
    assertThat(texts()).as("still waiting for the disk").doesNotContain("PEER_LEAVING");

    persistAll();

    assertThat(answers.getFirst()).isInstanceOf(Answer.Published.class);
    assertThat(texts()).contains("PEER_LEAVING");
  }

  @Test
  void farewellLeavesOnlyOnceItIsDurable() {
    link();
    give(new Input.Leave(7));
    assertThat(farewells()).isEmpty();

    persistAll();

    assertThat(farewells())
        .singleElement()
        .satisfies(record -> {
          assertThat(record.guid()).isEqualTo(Guid.of(5));
          assertThat(record.newerThan(Props.identity(5).record())).isTrue();
        });
  }

  @Test
  void nodeHasLeftWhenItsPeersHaveTakenTheNews() {
    link();
    give(new Input.Leave(7));
    persistAll();
    assertThat(answers).isEmpty();

    long handoffs = sent.stream().filter(DepartureTest::isHandoff).count();
    give(new Input.Received(LINK, new Frame.Ack(handoffs, 0, true)));

    assertThat(answers).containsExactly(new Answer.Left(7));
  }

  @Test
  void peerThatDoesNotAnswerKeepsNobodyFromLeaving() {
    link();
    give(new Input.Leave(7));
    give(new Input.Leave(8));
    persistAll();

    now = now.plus(Departure.PATIENCE);
    give(new Input.Wake());

    assertThat(answers).containsExactly(new Answer.Left(7), new Answer.Left(8));
  }

  @Test
  void nodeThatCannotWriteLeavesWithoutFarewell() {
    give(new Input.PersistFailed("disk full"));
    give(new Input.Leave(7));
    for (int i = 0; i < 2; i++) {
      now = now.plus(Departure.PATIENCE);
      give(new Input.Wake());
    }

    assertThat(answers).containsExactly(new Answer.Left(7));
  }

  @Test
  void whoeverIsAskedAgainHasLeftAlready() {
    give(new Input.Leave(7));
    persistAll();
    give(new Input.Leave(8));

    assertThat(answers).containsExactly(new Answer.Left(7), new Answer.Left(8));
  }

  private static Stored stored() {
    List<MemberRecord> records = List.of(Cast.record(6, 1));
    return new Stored(
        9, 0, 0, records, List.of(), List.of(), List.of(), List.of(), Optional.empty(), List.of());
  }

  private void link() {
    give(new Input.LinkUp(LINK, Cast.record(6, 1), 10, "host", 2, true));
    persistAll();
    give(new Input.Received(LINK, new Frame.Ack(99, 0, true)));
    sent.clear();
  }

  private void give(Input input) {
    Effects effects = node.handle(now, input);
    written.addAll(effects.persist());
    effects.send().forEach(send -> sent.add(send.frame()));
    answers.addAll(effects.answers());
  }

  private void persistAll() {
    for (long before = -1; before < written.size(); ) {
      before = written.size();
      give(new Input.Persisted(written.getLast().write()));
    }
  }

  private List<MemberRecord> farewells() {
    return sent.stream()
        .filter(Frame.Announce.class::isInstance)
        .map(frame -> ((Frame.Announce) frame).record())
        .filter(record -> record.contact().status() == Status.LEFT)
        .toList();
  }

  private static boolean isHandoff(Frame frame) {
    return frame instanceof Frame.Announce || frame instanceof Frame.Push;
  }

  private String texts() {
    StringBuilder texts = new StringBuilder();
    for (Persist write : written) {
      if (write instanceof Persist.StoreBatch(long _, Persist.Delivery delivery)) {
        for (Message message : delivery.batch().messages()) {
          texts.append(message.data().utf8()).append('\n');
        }
      }
    }
    return texts.toString();
  }
}
