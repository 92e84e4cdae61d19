package io.pychain.core.failure;

import io.pychain.core.message.Address;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Looks for members that were lost: suspected, dead or forgotten, one dial at a time.
///
/// Nobody is told when a partition has healed. So as long as anybody is missing, every node dials
/// one of the missing now and then. The first link across suffices: over it both sides compare what
/// they hold, whoever was buried alive hears of it and answers with a newer record, and all return.
/// The more are missing, and the more miss them, the sooner one of them meets.
final class Search {
  /// Half of the dials go to one of the last so many lost: what was cut just now is mended soonest.
  static final int RECENT = 8;

  /// Every so many dials one goes to a boot node, in case all addresses that are held are stale.
  static final int BOOT_EVERY = 4;

  private final Duration interval;
  private final List<Address> bootNodes;
  private final RandomGenerator random;
  private final LinkedHashSet<Guid> lost = new LinkedHashSet<>();
  private Instant dialAt = Instant.MAX;
  private long dials;

  Search(FailureConfig config, RandomGenerator random) {
    this.interval = config.searchInterval();
    this.bootNodes = config.bootNodes();
    this.random = random;
  }

  /// A member is missing.
  void lost(Instant now, Guid guid) {
    if (lost.add(guid) && dialAt.equals(Instant.MAX)) {
      dialAt = next(now);
    }
  }

  /// Whether it is time for a dial.
  ///
  /// @param missing whether a member is still missing
  boolean isDue(Instant now, Predicate<Guid> missing) {
    if (dialAt.isAfter(now)) {
      return false;
    }
    lost.removeIf(missing.negate());
    dialAt = lost.isEmpty() ? Instant.MAX : next(now);
    dials++;
    return !lost.isEmpty();
  }

  /// Half the interval to one and a half, so that nodes that lost each other together do not dial
  /// together.
  private Instant next(Instant now) {
    long mean = Math.max(2, interval.toMillis());
    return now.plusMillis(mean / 2 + random.nextLong(mean));
  }

  /// The boot node to dial this time, if it is one's turn.
  ///
  /// @param lonely whether this node has no link at all
  Optional<Address> bootNode(boolean lonely) {
    boolean turn = !bootNodes.isEmpty() && (lonely || dials % BOOT_EVERY == 0);
    return turn ? Optional.of(bootNodes.get(random.nextInt(bootNodes.size()))) : Optional.empty();
  }

  /// The member to dial.
  Guid member() {
    List<Guid> all = new ArrayList<>(lost);
    int from = random.nextBoolean() ? Math.max(0, all.size() - RECENT) : 0;
    return all.get(from + random.nextInt(all.size() - from));
  }

  Instant deadline() {
    return dialAt;
  }
}
