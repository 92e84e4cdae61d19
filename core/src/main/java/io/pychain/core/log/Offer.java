package io.pychain.core.log;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame.Range;
import java.util.List;
import java.util.Optional;

/// What an offered batch came to.
public sealed interface Offer {
  /// It continues its log; taken, with those that had waited behind it.
  ///
  /// @param entries at least one, in order
  /// @param misfit what had waited for the last of them, and does not continue it
  record Accepted(List<Entry> entries, Optional<Batch> misfit) implements Offer {}

  /// Held, or waiting, already; nothing changed.
  record Duplicate() implements Offer {}

  /// Kept until the gap before it is closed.
  ///
  /// @param gap what is missing
  record Waiting(Range gap) implements Offer {}

  /// Not kept, since too much waits for gaps; network sync will bring it in its turn.
  ///
  /// @param gap what is missing before it
  record Full(Range gap) implements Offer {}

  /// It does not continue the log that is held: its origin has signed two different stories.
  ///
  /// @param waiting what it contradicts, if that is not held but waits
  record Forked(Optional<Batch> waiting) implements Offer {}
}
