package io.pychain.node.link;

import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.wire.WireLimits;

/// Goodbyes within the limits of the wire, and as text.
final class Goodbyes {
  private Goodbyes() {}

  static Goodbye of(Reason reason, String detail) {
    return new Goodbye(reason, cut(detail));
  }

  /// Whether it would be said again at any other time.
  static boolean isFinal(Goodbye goodbye) {
    return switch (goodbye.reason()) {
      case STOPPING, FULL, UNPAID, SILENT, REDUNDANT, UNNEEDED, EXPIRED -> false;
      case VERSION, NETWORK, IDENTITY, MALFORMED, INVALID, NOT_A_BOOT_NODE, NOT_INVITED, REVOKED ->
          true;
    };
  }

  static String cut(String detail) {
    return detail.length() <= WireLimits.DETAIL_LENGTH_MAX
        ? detail
        : detail.substring(0, WireLimits.DETAIL_LENGTH_MAX);
  }

  /// What a peer said, fit for a log: one line, printable.
  static String text(Goodbye goodbye) {
    return goodbye.reason() + ": " + goodbye.detail().replaceAll("[^\\x20-\\x7e]", "?");
  }
}
