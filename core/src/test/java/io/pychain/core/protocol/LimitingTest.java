package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.Fault;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.trust.Networks;
import io.pychain.core.wire.ParametersCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a member takes of others where the authority has laid down ten messages a second, a second
/// of them at once.
class LimitingTest {
  private static final int ORIGIN = 6;
  private static final LinkId OF_ORIGIN = new LinkId(ORIGIN);
  private static final LinkId OF_RELAY = new LinkId(ORIGIN + 1);
  private static final int RATE = 10;
  private static final List<Batch> LOG = Cast.chain(Cast.log(ORIGIN), 5_000, 1);

  private final Protocol node =
      new Protocol(Props.identity(5), Props.CONFIG, Stored.empty(9), new SplittableRandom(1));
  private final List<Effects.Drop> drops = new ArrayList<>();
  private final Deque<Batch> left = new ArrayDeque<>(LOG);
  private Instant now = Cast.NOON;

  @BeforeEach
  void linkToFourAndHearOfTheLimits() {
    for (int peer = ORIGIN; peer < ORIGIN + 4; peer++) {
      give(new Input.LinkUp(new LinkId(peer), Cast.record(peer, 1), peer, "host", 2, false));
    }
    var limits = new OriginLimits(RATE, 0, Duration.ofSeconds(1));
    var laidDown = ParametersCodec.seal(Networks.idOf(Cast.NETWORK), 1, limits, Cast.MANDATE);
    give(new Input.Received(OF_RELAY, laidDown));
  }

  @Test
  void originThatSendsAHundredTimesAsMuchIsCutOffWithinASecondAndStaysAway() {
    while (drops.isEmpty()) {
      push(OF_ORIGIN, RATE);
      pass(Duration.ofMillis(10));
    }

    assertThat(now).isBefore(Cast.NOON.plusSeconds(1));
    assertThat(drops)
        .singleElement()
        .satisfies(drop -> assertThat(drop.link()).isEqualTo(OF_ORIGIN))
        .satisfies(drop -> assertThat(drop.reason()).isEqualTo(Frame.Reason.INVALID))
        .satisfies(drop -> assertThat(drop.detail()).contains("parameters"));
    assertThat(node.view().faults()).containsEntry(Fault.FLOOD, 1L);
    assertThat(taken()).as("what came before it was too much").isBetween(137L, 150L);
    assertThat(comesBack().drop()).as("at once").isNotEmpty();
    pass(Duration.ofSeconds(31));
    assertThat(comesBack().drop()).as("half a minute later").isEmpty();
  }

  @Test
  void originAtItsLimitIsNeverCutOffAndAllItSendsIsTakenEvenIfItsPushesStallForFiveSeconds() {
    for (int round = 0; round < 40; round++) {
      push(OF_ORIGIN, RATE);
      pass(Duration.ofSeconds(1));
    }
    for (int stall = 0; stall < 5; stall++) {
      pass(Duration.ofSeconds(5));
      push(OF_ORIGIN, 5 * RATE);
    }

    assertThat(drops).isEmpty();
    assertThat(node.view().counts().limited()).isZero();
    assertThat(taken()).isEqualTo(40 * RATE + 5 * 5 * RATE);
  }

  @Test
  void originWhoseLinkStoodStillForHalfAMinuteIsNotBlamed() {
    push(OF_ORIGIN, 30 * RATE);

    assertThat(node.view().counts().limited()).isPositive();
    assertThat(node.view().faults()).containsEntry(Fault.FLOOD, 0L);
    assertThat(drops).isEmpty();
  }

  @Test
  void relayIsNotBlamedForWhatItHandsOnAndNoMoreIsTakenOfIt() {
    push(OF_RELAY, 3_000);

    assertThat(drops).isEmpty();
    assertThat(node.view().faults()).containsEntry(Fault.FLOOD, 0L);
    assertThat(taken()).isBetween(137L, 139L);
  }

  @Test
  void answerThatNobodyAskedForCountsAsPushed() {
    List<Batch> some = LOG.subList(0, 1_000);
    give(new Input.Received(OF_RELAY, new Frame.Batches(77, some, List.of(), true)));

    assertThat(taken()).isBetween(137L, 139L);
  }

  @Test
  void answerToAnotherQuestionCountsAsPushedToo() {
    push(OF_RELAY, 3_000);
    long id = idOfTheNextFetch();
    long before = taken();
    List<Batch> another = Cast.chain(Cast.log(ORIGIN + 2), 1_000, 1);

    give(new Input.Received(OF_RELAY, new Frame.Batches(id, another, List.of(), true)));

    assertThat(taken() - before).isBetween(137L, 139L);
  }

  @Test
  void othersAreTakenWhateverOneSends() {
    push(OF_RELAY, 3_000);
    long before = taken();

    for (Batch batch : Cast.chain(Cast.log(ORIGIN + 2), 10, 1)) {
      push(OF_RELAY, batch);
    }

    assertThat(taken() - before).isEqualTo(10);
  }

  private long idOfTheNextFetch() {
    for (int i = 0; i < 1_000; i++) {
      pass(Duration.ofMillis(10));
      for (Effects.Send send : give(new Input.Wake()).send()) {
        if (send.link().equals(OF_RELAY) && send.frame() instanceof Frame.Fetch fetch) {
          return fetch.id();
        }
      }
    }
    throw new AssertionError("it never asks");
  }

  private void push(LinkId over, int count) {
    for (int i = 0; i < count; i++) {
      push(over, left.removeFirst());
    }
  }

  private void push(LinkId over, Batch batch) {
    Position nobody = Position.of(Guid.of(5));
    give(new Input.Received(over, new Frame.Push(batch, nobody, 1, 0)));
  }

  private Effects comesBack() {
    give(new Input.LinkDown(OF_ORIGIN, "cut"));
    return give(new Input.LinkUp(new LinkId(99), Cast.record(ORIGIN, 1), ORIGIN, "host", 2, false));
  }

  private long taken() {
    return node.view().counts().batchesNew();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private Effects give(Input input) {
    Effects effects = node.handle(now, input);
    cuts(effects);
    if (!effects.persist().isEmpty()) {
      Effects more = node.handle(now, new Input.Persisted(effects.persist().getLast().write()));
      cuts(more);
    }
    return effects;
  }

  /// Peers that say nothing here are dropped as silent; that is another story.
  private void cuts(Effects effects) {
    effects.drop().stream()
        .filter(drop -> drop.reason() != Frame.Reason.SILENT)
        .forEach(drops::add);
  }
}
