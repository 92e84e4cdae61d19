package io.pychain.node.link;

import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import java.io.IOException;

/// The other side said goodbye where something else was hoped for.
final class PeerRefusedException extends IOException {
  private final boolean passes;
  private final boolean unpaid;

  PeerRefusedException(Goodbye goodbye) {
    super("it said goodbye, " + Goodbyes.text(goodbye));
    this.passes = !Goodbyes.isFinal(goodbye);
    this.unpaid = goodbye.reason() == Reason.UNPAID;
  }

  /// Whether it may be otherwise for whoever pays more.
  boolean isUnpaid() {
    return unpaid;
  }

  /// Whether it may be otherwise at another time.
  boolean passes() {
    return passes;
  }
}
