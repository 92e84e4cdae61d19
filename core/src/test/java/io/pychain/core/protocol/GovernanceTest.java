package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.protocol.Effects.Send;
import io.pychain.core.trust.Networks;
import io.pychain.core.wire.ParametersCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How parameters come to a member, and go on from it.
class GovernanceTest {
  private static final LinkId FIRST = new LinkId(1);
  private static final LinkId SECOND = new LinkId(2);
  private static final LinkId OLD = new LinkId(3);

  private Protocol node = member(Stored.empty(9));
  private final Instant now = Cast.NOON;

  @Test
  void whatIsNewIsKeptAndGoesToAllPeersWhoUnderstandIt() {
    up(FIRST, 6, 2);
    up(SECOND, 7, 2);
    up(OLD, 8, 1);

    Effects effects = told(FIRST, parameters(5));

    assertThat(kept(effects)).containsExactly(parameters(5));
    assertThat(sent(effects)).extracting(Send::link).contains(SECOND).doesNotContain(OLD);
    assertThat(node.view().parameters()).contains(parameters(5));
  }

  @Test
  void whatIsOlderOrKnownGoesNoFurther() {
    up(FIRST, 6, 2);
    up(SECOND, 7, 2);
    told(FIRST, parameters(5));

    for (long number : List.of(5L, 4L, 1L)) {
      Effects effects = told(SECOND, parameters(number));
      assertThat(kept(effects)).isEmpty();
      assertThat(sent(effects)).isEmpty();
    }
    assertThat(node.view().parameters()).contains(parameters(5));
  }

  @Test
  void eachPeerIsToldWhenItsLinkComesUp() {
    up(FIRST, 6, 2);
    told(FIRST, parameters(5));

    assertThat(sent(up(SECOND, 7, 2))).extracting(Send::frame).containsExactly(parameters(5));
    assertThat(sent(up(OLD, 8, 1))).isEmpty();
  }

  @Test
  void whatTheStoreKeptHoldsFromTheStart() {
    node = member(storedWith(parameters(5)));
    up(FIRST, 6, 2);

    assertThat(kept(told(FIRST, parameters(4)))).isEmpty();
    assertThat(node.view().parameters()).contains(parameters(5));
    assertThat(publish(30).answers()).hasOnlyElementsOfType(Answer.Limited.class);
  }

  @Test
  void clockThatWentBackDoesNotKeepABootNodeFromLayingDownMore() {
    node = boot(storedWith(parameters(Long.MAX_VALUE / 2)));

    assertThat(kept(layDown(1, 7)))
        .singleElement()
        .satisfies(next -> assertThat(next.number()).isEqualTo(Long.MAX_VALUE / 2 + 1));
  }

  @Test
  void whoAsksTwiceBeforeTheFirstIsDurableIsAnsweredTwiceAndTheLastHolds() {
    node = boot(Stored.empty(9));
    Effects one = layDown(1, 10);
    Effects other = layDown(2, 20);
    Parameters last = kept(other).getFirst();
    assertThat(last.newerThan(kept(one).getFirst())).isTrue();

    assertThat(durable(one)).containsExactly(new Answer.LaidDown(1, kept(one).getFirst()));
    assertThat(durable(other)).containsExactly(new Answer.LaidDown(2, last));

    assertThat(node.view().parameters()).contains(last);
  }

  @Test
  void diskThatTakesNothingMeansThatNothingIsLaidDown() {
    node = boot(Stored.empty(9));
    layDown(1, 10);

    Effects effects = node.handle(now, new Input.PersistFailed("full"));

    assertThat(effects.answers()).containsExactly(new Answer.NotLaidDown(1, "full"));
    assertThat(node.view().parameters()).isEmpty();
  }

  private Effects layDown(long ticket, long rate) {
    OriginLimits limits = new OriginLimits(rate, 0, Duration.ofSeconds(2));
    Effects effects = node.handle(now, new Input.LayDown(ticket, limits));
    assertThat(effects.answers()).as("not before it is durable").isEmpty();
    return effects;
  }

  private List<Answer> durable(Effects effects) {
    return node.handle(now, new Input.Persisted(effects.persist().getLast().write())).answers();
  }

  private Effects up(LinkId link, int peer, int version) {
    return node.handle(
        now, new Input.LinkUp(link, Cast.record(peer, 1), peer, "host", version, true));
  }

  private Effects told(LinkId from, Parameters parameters) {
    return node.handle(now, new Input.Received(from, parameters));
  }

  private Effects publish(int count) {
    return node.handle(now, new Input.Publish(1, Collections.nCopies(count, Props.message(9))));
  }

  private static List<Parameters> kept(Effects effects) {
    return effects.persist().stream()
        .filter(Persist.StoreParameters.class::isInstance)
        .map(write -> ((Persist.StoreParameters) write).parameters())
        .toList();
  }

  private static List<Send> sent(Effects effects) {
    return effects.send().stream().filter(send -> send.frame() instanceof Parameters).toList();
  }

  private static Protocol member(Stored stored) {
    return new Protocol(Props.identity(5), Props.CONFIG, stored, new SplittableRandom(1));
  }

  private static Protocol boot(Stored stored) {
    return new Protocol(Props.identity(0), Props.CONFIG, stored, new SplittableRandom(1));
  }

  private static Stored storedWith(Parameters parameters) {
    return new Stored(
        9,
        1,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(parameters),
        List.of());
  }

  private static Parameters parameters(long number) {
    OriginLimits limits = new OriginLimits(10, 0, Duration.ofSeconds(2));
    return ParametersCodec.seal(Networks.idOf(Cast.NETWORK), number, limits, Cast.MANDATE);
  }
}
