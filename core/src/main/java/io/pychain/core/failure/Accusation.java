package io.pychain.core.failure;

import io.pychain.core.ring.Guid;
import java.util.List;
import java.util.Optional;

/// A suspicion and whose log it is in.
///
/// Anybody may accuse anybody, so what is kept is bounded, by the same rule in memory and on disk:
/// of a member the newest word of each of the nearest [#SIDE_MAX] accusers on either side of the
/// circle, by place and not by rank. So it depends on who has accused only, and not on the order in
/// which it was heard, nor on who is alive. Whoever is farther away could have a say only where all
/// these are dead or silent.
///
/// @param accuser who made it
/// @param suspicion what it says
public record Accusation(Guid accuser, Suspicion suspicion) {
  /// Accusers of one member kept on either side of it.
  public static final int SIDE_MAX = 32;

  /// Accusations of members that are not known yet are kept for so many GUIDs beyond the known: the
  /// record of one who has just joined may come later than what is said about it.
  public static final int AHEAD_MAX = 1_024;

  /// Whose word about a member is not kept: the farthest on a side that has one too many.
  ///
  /// @param accusers all whose word is at hand
  /// @param latest who of them came last, and so on whose side there may be one too many
  public static Optional<Guid> surplus(Guid accused, List<Guid> accusers, Guid latest) {
    boolean side = isClockwise(accused, latest);
    int count = 0;
    Guid farthest = latest;
    for (Guid accuser : accusers) {
      if (isClockwise(accused, accuser) == side) {
        count++;
        farthest = distance(accused, accuser) > distance(accused, farthest) ? accuser : farthest;
      }
    }
    return count > SIDE_MAX ? Optional.of(farthest) : Optional.empty();
  }

  /// The near way round. Who sits exactly opposite is on the clockwise side, and the farthest.
  private static long distance(Guid accused, Guid accuser) {
    long clockwise = clockwise(accused, accuser);
    return clockwise == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(clockwise);
  }

  private static boolean isClockwise(Guid accused, Guid accuser) {
    long clockwise = clockwise(accused, accuser);
    return clockwise > 0 || clockwise == Long.MIN_VALUE;
  }

  /// The way clockwise from the accused; negative if it is longer than half the circle.
  private static long clockwise(Guid accused, Guid accuser) {
    return accused.position().distanceTo(accuser.position());
  }
}
