package io.pychain.core.link;

import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who has provably misbehaved over a link of this node, and for how long it keeps away from them.
///
/// ```
///   fault ──► the link is cut ──► away 30 s, 1 min, 2 min … 10 min ──► tried again
///                                     └── an hour without another: forgiven
/// ```
///
/// Away means: neither dialled nor let in, unless this node has fewer than [#FLOOR] links. Who can
/// make it hear nobody but themselves has won, and a bug that makes all others look guilty must not
/// cut it off.
///
/// Nothing is told to others: they see for themselves, and hearsay could be a lie.
public final class Faults {
  /// Links below which nobody is kept away.
  public static final int FLOOR = 3;

  /// For how long the first time.
  static final Duration FIRST = Duration.ofSeconds(30);

  /// The longest.
  static final Duration LONGEST = Duration.ofMinutes(10);

  /// After so long without another fault it is as if there had been none.
  static final Duration FORGIVEN = Duration.ofHours(1);

  /// Members remembered. Beyond, the one that may come back first is forgotten.
  static final int MEMBERS_MAX = 1_024;

  private record Offence(Fault last, int times, Instant at, Instant until) {}

  private final Links links;
  private final TreeMap<Guid, Offence> offences = new TreeMap<>();
  private final EnumMap<Fault, Long> counts = new EnumMap<>(Fault.class);

  /// Nobody has done anything.
  ///
  /// @param links how many are up
  public Faults(Links links) {
    this.links = links;
    for (Fault fault : Fault.values()) {
      counts.put(fault, 0L);
    }
  }

  /// A member at the other end of a link has done something.
  public void committed(Instant now, Guid member, Fault fault) {
    counts.merge(fault, 1L, Long::sum);
    offences.values().removeIf(old -> isForgiven(now, old));
    Offence before = offences.get(member);
    int times = before == null ? 1 : before.times() + 1;
    if (before == null && offences.size() >= MEMBERS_MAX) {
      offences.remove(earliest());
    }
    offences.put(member, new Offence(fault, times, now, now.plus(away(times))));
  }

  private static boolean isForgiven(Instant now, Offence offence) {
    return !offence.at().plus(FORGIVEN).isAfter(now);
  }

  private static Duration away(int times) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(times - 1, 16));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  private Guid earliest() {
    return Collections.min(
            offences.entrySet(), Comparator.comparing(entry -> entry.getValue().until()))
        .getKey();
  }

  /// Until when this node keeps away from a member, and why; empty if it does not.
  public Optional<Away> away(Instant now, Guid member) {
    return Optional.ofNullable(offences.get(member))
        .filter(offence -> offence.until().isAfter(now) && links.size() >= FLOOR)
        .map(offence -> new Away(offence.last(), offence.until()));
  }

  /// Why this node keeps away from a member.
  ///
  /// @param fault the last one
  /// @param until when it may be dialled, and let in, again
  public record Away(Fault fault, Instant until) {}

  /// How often each has been committed since the start, none left out.
  public Map<Fault, Long> counts() {
    return Collections.unmodifiableMap(new EnumMap<>(counts));
  }
}
