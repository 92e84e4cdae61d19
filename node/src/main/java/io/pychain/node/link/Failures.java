package io.pychain.node.link;

import io.pychain.core.link.Evidence;
import io.pychain.core.protocol.Input.DialFailed;
import io.pychain.core.ring.Guid;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Why the addresses of a member were tried in vain, and what that says about the member: the
/// weakest of the signs, since one address that leads nowhere proves nothing about another.
final class Failures {
  private final List<String> reasons = new ArrayList<>();
  private Evidence evidence = Evidence.REFUSED;

  void add(Evidence sign, String reason) {
    evidence = evidence.weaker(sign);
    reasons.add(reason);
  }

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  DialFailed of(Guid guid) {
    return new DialFailed(guid, String.join("; ", reasons), evidence);
  }

  /// What an attempt that ended in this exception says.
  ///
  /// ```
  ///   connecting    refused ───────────────────────► REFUSED
  ///                 timed out, no route, … ────────► UNREACHABLE
  ///   connected     closed here, as time was up ───► MUTE
  ///                 a goodbye, a reset, a stranger ► OTHER
  /// ```
  ///
  /// A reset after connecting may come from a process that dies or from one that is overrun: the
  /// next attempt tells them apart.
  ///
  /// @param socket not yet closed, unless time was up
  static Evidence signOf(IOException failure, Socket socket) {
    if (socket.isConnected()) {
      return socket.isClosed() ? Evidence.MUTE : Evidence.OTHER;
    }
    boolean refused =
        failure instanceof ConnectException
            && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
    return refused ? Evidence.REFUSED : Evidence.UNREACHABLE;
  }
}
