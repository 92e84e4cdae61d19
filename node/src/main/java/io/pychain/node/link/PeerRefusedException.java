package io.pychain.node.link;

import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import java.io.IOException;

/// The other side said goodbye where something else was hoped for.
final class PeerRefusedException extends IOException {
  private final Reason reason;

  PeerRefusedException(Goodbye goodbye) {
    super("it said goodbye, " + Goodbyes.text(goodbye));
    this.reason = goodbye.reason();
  }

  /// Whether it may be otherwise at another time.
  boolean passes() {
    return switch (reason) {
      case STOPPING, FULL, SILENT, REDUNDANT, UNNEEDED -> true;
      case VERSION, NETWORK, IDENTITY, MALFORMED, INVALID, NOT_A_BOOT_NODE -> false;
    };
  }
}
