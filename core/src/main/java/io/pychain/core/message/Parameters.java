package io.pychain.core.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What the authority has laid down for all members of its network. The one with the highest number
/// holds everywhere; it goes from link to link when it is new, and over every link that comes up.
///
/// @param network for which it holds
/// @param number rises with every change: above the one before, and never below the clock of
///   whoever set it, in microseconds since 1970
/// @param limits of every origin
/// @param delegation by which its signer may speak for the authority, if it is not the authority
/// @param sealed the bytes that the authority signed
public record Parameters(
    NetworkId network,
    long number,
    OriginLimits limits,
    Optional<Delegation> delegation,
    Sealed sealed)
    implements Frame.SinceTwo {
  /// The version of the protocol that it came with.
  public static final int VERSION = 2;

  /// When it was laid down, by the clock of whoever did.
  public Instant dated() {
    return dated(number);
  }

  /// When parameters of such a number were laid down.
  public static Instant dated(long number) {
    return Instant.EPOCH.plus(number, ChronoUnit.MICROS);
  }

  /// Whether this one replaces another.
  public boolean newerThan(Parameters other) {
    return number > other.number;
  }
}
