package io.pychain.core.limit;

import io.pychain.core.message.Message;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// How much of each origin this node takes, and how much it publishes itself.
///
/// ```
///   what is              rate      at once               beyond that
///   published here       1 ×       burst                 refused, with the time to wait
///   pushed by others     1.25 ×    2 bursts, or 10 s +   not taken, not handed on; fetched later
///                                  burst if that is more
///   fetched              8 ×       10 s, or a burst      asked for later
/// ```
///
/// What is pushed has some room above what an honest origin signs: clocks differ, and what was held
/// up on the way comes in heaps. Fetching is wider still, since whoever was away has to catch up
/// with what all others have taken meanwhile; and a node that starts fetches all that it lacks,
/// however much, before [#begin] is called.
///
/// Bounded by the members: there is an account of each origin that is not idle.
public final class Quotas {
  /// Times the rate at which a log is fetched.
  public static final int FETCH_FACTOR = 8;

  /// Times the rate at which a log is taken from pushes.
  static final double PUSH_FACTOR = 1.25;

  /// For how long pushes may be held up, by a link or a node that stalls, and then come all at once
  /// after a burst: nobody who keeps to the limit is over it for that. Never less than a burst.
  static final Duration STALL = Duration.ofSeconds(10);

  /// How long nothing need have been fetched for as much to be fetched at once as in this time: a
  /// short absence does not count.
  static final Duration FETCH_BURST = Duration.ofSeconds(10);

  /// Bursts beyond its limit after which an origin that sends them itself is cut off,
  static final int FLOOD_BURSTS = 4;

  /// and never less than is published at the limit in this time: no link stalls so long.
  static final Duration FLOOD = Duration.ofMinutes(1);

  /// Accounts after which those that owe nothing are closed.
  private static final int SWEEP = 256;

  private static final class Account {
    final Allowance pushed = new Allowance();
    final Allowance fetched = new Allowance();
    final Allowance refused = new Allowance();

    boolean isIdle(Instant now) {
      return pushed.isFull(now) && fetched.isFull(now) && refused.isFull(now);
    }
  }

  private final TreeMap<Guid, Account> accounts = new TreeMap<>();
  private final Allowance own = new Allowance();
  private OriginLimits limits = OriginLimits.NONE;
  private boolean begun;
  private int sweepAt = SWEEP;

  /// From now on these limits hold, and everything counts anew.
  public void set(OriginLimits next) {
    limits = next;
    accounts.clear();
  }

  /// This node has caught up for the first time: from now on what it fetches counts.
  public void begin() {
    begun = true;
  }

  /// Whether what is fetched counts.
  public boolean hasBegun() {
    return begun;
  }

  /// Whether anybody is limited.
  public boolean isLimited() {
    return !limits.isNone();
  }

  /// How long an application has to wait before it may publish so much; zero if it may now, and
  /// then it is taken. Something dearer than a burst is taken where nothing was for a burst.
  public Duration publish(Instant now, List<Message> messages) {
    if (!isLimited()) {
      return Duration.ZERO;
    }
    long cost = limits.nanosFor(messages);
    long room = Math.max(0, limits.burst().toNanos() - cost);
    Duration wait = own.owed(now).minusNanos(room);
    if (wait.isPositive()) {
      return wait;
    }
    own.take(now, cost);
    return Duration.ZERO;
  }

  /// This node publishes something that cannot wait.
  public void publishAtOnce(Instant now, List<Message> messages) {
    if (isLimited()) {
      own.take(now, limits.nanosFor(messages));
    }
  }

  /// Something is pushed: takes it, if its origin is within its limit.
  ///
  /// @param from who pushes it
  public boolean pushed(Instant now, Guid from, Guid origin, List<Message> messages) {
    if (!isLimited()) {
      return true;
    }
    Account account = account(now, origin);
    long cost = limits.nanosFor(messages);
    if (account.pushed.isOpen(now, limits.burst().plus(atLeast(STALL, 1)))) {
      account.pushed.take(now, (long) (cost / PUSH_FACTOR));
      return true;
    }
    if (from.equals(origin)) {
      account.refused.take(now, cost);
    }
    return false;
  }

  /// Whether so much was refused of late of what an origin itself pushed that it cannot be an
  /// accident. Said once: then it counts anew, for what is on its way when a link is cut is part of
  /// the same flood.
  public boolean catchFlooding(Instant now, Guid origin) {
    Account account = accounts.get(origin);
    Duration most = atLeast(FLOOD, FLOOD_BURSTS);
    if (account == null || account.refused.owed(now).compareTo(most) <= 0) {
      return false;
    }
    account.refused.clear();
    return true;
  }

  /// Something that was asked for has come.
  public void fetched(Instant now, Guid origin, List<Message> messages) {
    if (isLimited() && begun) {
      account(now, origin).fetched.take(now, limits.nanosFor(messages) / FETCH_FACTOR);
    }
  }

  /// When more of an origin may be fetched: not later than now, if it may be now. It waits until
  /// half of what may come at once may.
  public Instant fetchableAt(Instant now, Guid origin) {
    Account account = accounts.get(origin);
    if (account == null || account.fetched.isOpen(now, fetchBurst().dividedBy(2))) {
      return now;
    }
    return now.plus(account.fetched.owed(now)).minus(fetchBurst().dividedBy(2));
  }

  /// How many messages of an origin may be fetched at once.
  public long fetchable(Instant now, Guid origin) {
    if (!begun || limits.messagesPerSecond() == 0) {
      return Long.MAX_VALUE;
    }
    Account account = accounts.get(origin);
    Duration owed = account == null ? Duration.ZERO : account.fetched.owed(now);
    double seconds = fetchBurst().minus(owed).toNanos() / 1e9;
    return 1 + (long) Math.max(0, seconds * FETCH_FACTOR * limits.messagesPerSecond());
  }

  private Duration fetchBurst() {
    return atLeast(FETCH_BURST, 1);
  }

  private Duration atLeast(Duration least, int bursts) {
    Duration time = limits.burst().multipliedBy(bursts);
    return time.compareTo(least) < 0 ? least : time;
  }

  private Account account(Instant now, Guid origin) {
    if (accounts.size() >= sweepAt) {
      accounts.values().removeIf(account -> account.isIdle(now));
      sweepAt = Math.max(SWEEP, 2 * accounts.size());
    }
    return accounts.computeIfAbsent(origin, _ -> new Account());
  }

  /// Origins that are counted now.
  public int size() {
    return accounts.size();
  }
}
