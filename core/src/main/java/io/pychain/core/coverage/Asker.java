package io.pychain.core.coverage;

import io.pychain.core.ring.Guid;

/// Who wants to know.
sealed interface Asker {
  /// Its name for the question.
  long number();

  /// A member that covers a stretch which this node is in.
  ///
  /// @param guid the member
  /// @param number comes back with each answer
  record Peer(Guid guid, long number) implements Asker {}

  /// Somebody at this node.
  ///
  /// @param number the ticket, which comes back with each answer
  record Local(long number) implements Asker {}
}
