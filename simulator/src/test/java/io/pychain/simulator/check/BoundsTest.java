package io.pychain.simulator.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pychain.core.protocol.NodeView.Queues;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.wire.WireLimits;
import org.junit.jupiter.api.Test;

/// A queue that is longer than it may be is found.
class BoundsTest {
  private static final ProtocolConfig CONFIG = ProtocolConfig.DEFAULT;
  private static final long SLACK = WireLimits.FRAME_BYTES_MAX;

  private final Bounds bounds = new Bounds(CONFIG);

  @Test
  void fullQueueMayHoldOneFrameMore() {
    Queues full =
        new Queues(
            CONFIG.publishQueueBytesMax() + SLACK,
            CONFIG.unpersistedBytesMax() + SLACK,
            CONFIG.pendingBytesMax() + SLACK);

    assertThatCode(() -> bounds.check(full)).doesNotThrowAnyException();
  }

  @Test
  void longerQueueAndOneThatIsMiscountedAreNamed() {
    Queues tooLong = new Queues(0, CONFIG.unpersistedBytesMax() + SLACK + 1, 0);
    Queues miscounted = new Queues(0, 0, -1);

    assertThatExceptionOfType(RuleBroken.class)
        .isThrownBy(() -> bounds.check(tooLong))
        .withMessageContaining("unpersisted");
    assertThatExceptionOfType(RuleBroken.class)
        .isThrownBy(() -> bounds.check(miscounted))
        .withMessageContaining("gaps");
  }
}
