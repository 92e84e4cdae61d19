package io.pychain.core.ring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Who is acquainted with whom for a while, by lot.
///
/// Where a member stands on the circle says for ever who its partners are: whoever may pick the
/// members to corrupt picks those. So each member draws some others beside them, and others again
/// after a while. For a pair (a, b) a lot is cast that both ends know, and a draws b if it is
/// small:
///
/// ```
///   mix(a, b, period) < 2^64 · DRAWN / N       N: members as the one who asks sees them
///
///   pair 5 7   ·······|─────── drawn ────────|·········     a period of 10 min,
///   pair 5 9   ·|─────── drawn ────────|···············     each pair with a phase of its own
/// ```
///
/// So nobody can win a place at another by asking for it, nobody can be right about whom to corrupt
/// for more than a period, and a member that nobody honest would be linked to otherwise has about 2
/// · DRAWN · (share of the honest) acquaintances: at 30 % liars fewer than 3 of them 8 times in a
/// million. Where the ring grows or shrinks, those drawn among the larger are among those drawn
/// among the smaller.
///
/// @param ring who there is
public record Lots(Ring ring) {
  /// Others that each member draws on average; as many draw it.
  public static final int DRAWN = 12;

  /// For how long a pair is drawn.
  public static final Duration PERIOD = Duration.ofMinutes(10);

  /// Pairs change at moments that are so far apart, so that there is nothing to look at in between.
  public static final Duration TURN = Duration.ofSeconds(30);

  /// Nobody draws among so few: the ring links most of them anyhow.
  public static final int FEW = 40;

  /// How far clocks may be apart for both ends to mean the same pairs all the time. Beyond, they
  /// disagree for the rest of the difference in every period.
  static final Duration SKEW = Duration.ofMinutes(1);

  private static final long TURNS = PERIOD.dividedBy(TURN);

  /// Whom a member draws now, in order of GUIDs. Costs two multiplications or so for each member.
  public List<Guid> drawnBy(Guid self, Instant now) {
    if (ring.size() <= FEW) {
      return List.of();
    }
    long turn = turn(now);
    long bound = Long.divideUnsigned(-1, ring.size()) * DRAWN;
    List<Guid> drawn = new ArrayList<>();
    ring.forEach(other -> {
      if (!other.equals(self) && isDrawn(self, other, turn, bound)) {
        drawn.add(other);
      }
    });
    Collections.sort(drawn);
    return Collections.unmodifiableList(drawn);
  }

  /// Whether a member may be right that it draws another: by its clock, and among as many members
  /// as it sees, be they a quarter fewer than here.
  public boolean mayBeDrawn(Guid by, Guid other, Instant now) {
    int fewest = ring.size() - ring.size() / 4;
    if (ring.size() <= FEW - FEW / 4 || by.equals(other)) {
      return false;
    }
    long bound = Long.divideUnsigned(-1, fewest) * DRAWN;
    long last = turn(now.plus(SKEW));
    for (long turn = turn(now.minus(SKEW)); turn <= last; turn++) {
      if (isDrawn(by, other, turn, bound)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDrawn(Guid by, Guid other, long turn, long bound) {
    long pair = SplitMix.mix((long) by.value() << Integer.SIZE | other.value());
    long phase = Long.remainderUnsigned(pair, TURNS);
    long period = Math.floorDiv(turn + phase, TURNS);
    return Long.compareUnsigned(SplitMix.mix(pair + period), bound) < 0;
  }

  private static long turn(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), TURN.toSeconds());
  }

  /// When a pair may be drawn that is not drawn now, or the other way round.
  public static Instant nextTurn(Instant now) {
    return Instant.ofEpochSecond((turn(now) + 1) * TURN.toSeconds());
  }
}
