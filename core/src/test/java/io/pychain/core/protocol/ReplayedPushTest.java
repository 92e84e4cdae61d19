package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.ring.Position;
import io.pychain.core.trust.Networks;
import io.pychain.core.wire.ParametersCodec;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Member 6 repeats what member 7 has published, in a network with limits.
class ReplayedPushTest {
  private static final LinkId LIAR = new LinkId(6);
  private static final LinkId ORIGIN = new LinkId(7);

  private final Protocol node =
      new Protocol(Props.identity(5), Props.CONFIG, Stored.empty(9), new SplittableRandom(1));

  @Test
  void nobodyUsesUpTheLimitOfAnotherByRepeatingWhatWaits() {
    var limits = new OriginLimits(10, 0, Duration.ofSeconds(1));
    up(LIAR, 6);
    up(ORIGIN, 7);
    give(
        new Input.Received(
            LIAR, ParametersCodec.seal(Networks.idOf(Cast.NETWORK), 1, limits, Cast.MANDATE)));
    List<Batch> chain = Cast.chain(Cast.log(7), 2, 1);

    for (int i = 0; i < 200; i++) {
      push(LIAR, chain.getLast());
    }

    assertThat(push(ORIGIN, chain.getFirst()).persist())
        .filteredOn(Persist.StoreBatch.class::isInstance)
        .hasSize(2);
  }

  private Effects push(LinkId link, Batch batch) {
    return give(new Input.Received(link, new Frame.Push(batch, new Position(1), 1)));
  }

  private void up(LinkId link, int peer) {
    give(new Input.LinkUp(link, Cast.record(peer, 1), peer, "host", 2, false));
  }

  private Effects give(Input input) {
    return node.handle(Cast.NOON, input);
  }
}
