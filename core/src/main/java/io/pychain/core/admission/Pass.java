package io.pychain.core.admission;

import io.pychain.core.message.NodeKey;

/// What somebody who has come through the door has shown there.
public sealed interface Pass {
  /// Nothing, as whoever begins with TLS.
  Pass NOTHING = new Paid(0);

  /// Work.
  ///
  /// @param price that it came to
  record Paid(int price) implements Pass {}

  /// An invitation.
  ///
  /// @param invite which
  record Invited(NodeKey invite) implements Pass {}
}
