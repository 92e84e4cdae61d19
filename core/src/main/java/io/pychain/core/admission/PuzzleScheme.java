package io.pychain.core.admission;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;

/// Checks that somebody has worked. Used by many threads at once.
public interface PuzzleScheme {
  /// Something to work on.
  ///
  /// @param seed that nobody could know before it was given
  /// @param price how much work, in seconds of one core or so; at least 1
  record Task(Digest seed, int price) {
    /// @throws IllegalArgumentException if there is nothing to do
    public Task {
      if (price < 1) {
        throw new IllegalArgumentException("a task has a price of at least 1, not " + price);
      }
    }
  }

  /// Whether this is the work that was asked for. Never throws for what a stranger may send.
  boolean verify(Task task, Bytes solution);
}
