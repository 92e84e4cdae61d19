package io.pychain.core.coverage;

import io.pychain.core.ring.Guid;

/// Who wants to know.
sealed interface Asker {
  /// A member that covers a stretch which this node is in.
  ///
  /// @param guid the member
  /// @param number its name for the question
  record Peer(Guid guid, long number) implements Asker {}

  /// Somebody at this node.
  ///
  /// @param ticket comes back with each answer
  record Local(long ticket) implements Asker {}
}
