package io.pychain.core.wire;

import io.pychain.core.message.Frame.Reason;

/// Numbers of the reasons of a goodbye, as in `pychain.proto`. They are only ever added to.
final class Reasons {
  private Reasons() {}

  static int number(Reason reason) {
    return switch (reason) {
      case STOPPING -> 1;
      case VERSION -> 2;
      case NETWORK -> 3;
      case IDENTITY -> 4;
      case MALFORMED -> 5;
      case INVALID -> 6;
      case REDUNDANT -> 7;
      case UNNEEDED -> 8;
      case SILENT -> 9;
      case FULL -> 10;
      case NOT_A_BOOT_NODE -> 11;
      case NOT_INVITED -> 12;
      case UNPAID -> 13;
      case REVOKED -> 14;
      case EXPIRED -> 15;
    };
  }

  /// The reason of this number. One from a newer node counts as STOPPING: the link is gone and may
  /// be tried again later, which is safe whatever the reason was.
  static Reason reason(int number) {
    for (Reason reason : Reason.values()) {
      if (number(reason) == number) {
        return reason;
      }
    }
    return Reason.STOPPING;
  }
}
