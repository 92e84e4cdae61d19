package io.pychain.simulator.check;

import io.pychain.core.protocol.NodeView.Queues;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.wire.WireLimits;

/// Holds every node to the limits of its queues.
///
/// A queue takes what is on its way when it becomes full, so it may be over its limit by one frame
/// of the largest size, or one request.
public final class Bounds {
  private static final long SLACK = WireLimits.FRAME_BYTES_MAX;

  private final ProtocolConfig config;

  /// @param config of every node
  public Bounds(ProtocolConfig config) {
    this.config = config;
  }

  /// Looks at the queues of one node.
  ///
  /// @throws RuleBroken if one of them is longer than it may be
  public void check(Queues queues) {
    check("publishing", queues.publishing(), config.publishQueueBytesMax());
    check("unpersisted", queues.unpersisted(), config.unpersistedBytesMax());
    check("gaps", queues.gaps(), config.pendingBytesMax());
  }

  private static void check(String queue, long bytes, long max) {
    if (bytes < 0 || bytes > max + SLACK) {
      throw new RuleBroken(
          "every queue keeps its bound: %s holds %d bytes of %d".formatted(queue, bytes, max));
    }
  }
}
