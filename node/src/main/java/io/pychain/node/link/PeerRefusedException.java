package io.pychain.node.link;

import io.pychain.core.message.Frame.Goodbye;
import java.io.IOException;

/// The other side said goodbye where something else was hoped for.
final class PeerRefusedException extends IOException {
  private final boolean passes;

  PeerRefusedException(Goodbye goodbye) {
    super("it said goodbye, " + Goodbyes.text(goodbye));
    this.passes = !Goodbyes.isFinal(goodbye);
  }

  /// Whether it may be otherwise at another time.
  boolean passes() {
    return passes;
  }
}
