package io.pychain.core.message;

import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.util.List;

/// What members say to each other to find out who has a message: a question for a stretch of the
/// circle, and answers to it until the last.
public final class Reach {
  private Reach() {}

  /// Who in this stretch of the circle has a message?
  ///
  /// @param number the sender's name for the question; comes back in each [Tally]
  /// @param wanted up to which message of which log must be held
  /// @param stretch which members are meant; never the sender, and mostly the receiver among them
  /// @param budget until when it must be answered, counted from its arrival; whole milliseconds
  public record Survey(long number, Frame.LogHead wanted, Arc stretch, Duration budget)
      implements Frame.OfCoverage {
    /// Longest budget.
    public static final Duration BUDGET_MAX = Duration.ofSeconds(60);
  }

  /// How many in the stretch of a [Survey] have the message, as far as is known by now: a later one
  /// stands for all before it.
  ///
  /// @param number of the [Survey]
  /// @param reached members of whom it is known that they have it durably
  /// @param members all in the stretch; 0 if the question was refused
  /// @param missing others of them, as many as are named
  /// @param done whether this is the last one
  public record Tally(long number, int reached, int members, List<Guid> missing, boolean done)
      implements Frame.OfCoverage {
    /// Most members that are named.
    public static final int MISSING_MAX = 1_024;

    /// Copies the list.
    public Tally {
      missing = List.copyOf(missing);
    }
  }
}
