package io.pychain.core.protocol;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// The whole protocol of one node as a state machine without side effects.
///
/// One thread calls [#handle]; nothing here waits, reads a clock or touches the world.
public final class Protocol {
  /// Starts from what the store held. The first [#deadline] is due at once.
  ///
  /// @param random all luck of the protocol: jitter and choice of peers
  public Protocol(
      Identity identity, ProtocolConfig config, Stored stored, RandomGenerator random) {}

  /// Takes one input and says what must happen outside.
  ///
  /// @param now never earlier than in the call before
  public Effects handle(Instant now, Input input) {
    throw new IllegalStateException();
  }

  /// When [Input.Wake] is wanted at the latest; changes only by [#handle].
  public Instant deadline() {
    throw new IllegalStateException();
  }

  /// A picture of the state at this moment. Costs time in proportion to members and logs.
  public NodeView view() {
    throw new IllegalStateException();
  }
}
