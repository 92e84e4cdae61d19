package io.pychain.core.broadcast;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What was handed to one member over one link and not yet acknowledged, oldest first, and how long
/// the member usually takes to acknowledge. Bounded in number and bytes; what falls out is left to
/// network sync.
final class InFlight {
  static final int HANDOFFS_MAX = 512;
  static final long BYTES_MAX = 4 << 20;

  /// Shortest time after which a handoff that was not acknowledged is overdue: three times what an
  /// acknowledgement waits for others at the other end.
  static final Duration PATIENCE_MIN = Duration.ofMillis(500);

  /// Longest such time.
  static final Duration PATIENCE_MAX = Duration.ofSeconds(3);

  /// What every link is trusted to carry: so much longer may it take to acknowledge more.
  static final long BYTES_PER_SECOND = 1_000_000;

  /// Losses on one link after which a handoff is left to network sync, which costs more and comes
  /// later: where one frame in twenty is lost, that is so for three handoffs in ten million.
  static final int LOSSES_MAX = 5;

  /// Longest parcel that is handed again although it may have come: what was lost may have been the
  /// acknowledgement, and a slow link has no room for much that comes twice.
  static final int LATE_BYTES_MAX = 16 << 10;

  private record Open(Handoff handoff, Instant sent, int losses) {}

  /// A handoff that was lost on its way.
  ///
  /// @param losses how often, on this link
  record Lost(Handoff handoff, int losses) {}

  private final Deque<Open> open = new ArrayDeque<>();
  private long bytes;
  private long lastNumber;

  /// All up to this number are known to be late, of a member that lives.
  private long excused;

  /// The oldest that was given to somebody else or handed again, until it is acknowledged after
  /// all.
  private Optional<Open> givenUp = Optional.empty();

  /// How long the member has usually taken of late, in nanoseconds; 0 before it has taken anything.
  private long answerNanos;

  /// The number of the next handoff.
  long next() {
    return lastNumber + 1;
  }

  /// Takes up the handoff of the next number.
  ///
  /// @param losses how often it was lost on this link before
  void add(Instant now, Handoff handoff, int losses) {
    lastNumber = handoff.number();
    open.add(new Open(handoff, now, losses));
    bytes += handoff.parcel().length();
    while (open.size() > HANDOFFS_MAX || bytes > BYTES_MAX) {
      settleOldest();
    }
  }

  private Open settleOldest() {
    Open oldest = open.remove();
    bytes -= oldest.handoff().parcel().length();
    return oldest;
  }

  /// Settles what the other side has taken.
  ///
  /// @return what was lost on its way, unless that was too often
  List<Lost> acknowledged(Instant now, Frame.Ack ack) {
    List<Lost> lost = new ArrayList<>();
    givenUp
        .filter(late -> isTaken(ack, late.handoff().number()))
        .ifPresent(late -> took(now, late));
    while (!open.isEmpty() && open.element().handoff().number() <= ack.taken()) {
      Open settled = settleOldest();
      if (!isMissing(ack, settled.handoff().number())) {
        took(now, settled);
      } else if (settled.losses() + 1 < LOSSES_MAX) {
        lost.add(new Lost(settled.handoff(), settled.losses() + 1));
      }
    }
    return lost;
  }

  private static boolean isTaken(Frame.Ack ack, long number) {
    return number <= ack.taken() && !isMissing(ack, number);
  }

  private static boolean isMissing(Frame.Ack ack, long number) {
    long before = ack.taken() - number - 1;
    return before >= 0 && before < Long.SIZE && (ack.missing() >>> before & 1) == 1;
  }

  /// Follows slower answers at once and faster ones slowly.
  private void took(Instant now, Open settled) {
    givenUp = Optional.empty();
    long sample = Duration.between(settled.sent(), now).toNanos();
    answerNanos = Math.max(sample, answerNanos + (sample - answerNanos) / 8);
  }

  /// How long a handoff may go without being acknowledged.
  Duration patience() {
    long min = PATIENCE_MIN.toNanos();
    return Duration.ofNanos(Math.clamp(3 * answerNanos, min, PATIENCE_MAX.toNanos()));
  }

  /// When a handoff will be overdue, unless it is acknowledged before.
  Instant dueAt() {
    Duration carrying = Duration.ofMillis(bytes * 1_000 / BYTES_PER_SECOND);
    return firstUnexcused()
        .map(first -> first.sent().plus(patience()).plus(carrying))
        .orElse(Instant.MAX);
  }

  private Optional<Open> firstUnexcused() {
    for (Open one : open) {
      if (one.handoff().number() > excused) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /// Whether a handoff is overdue of a member of whom nothing was heard since it was sent. A member
  /// that has said something else is slow, or the handoff or its acknowledgement was lost: what is
  /// handed next will tell, or [#takeLate].
  boolean isSilent(Instant now, Instant heard) {
    while (!dueAt().isAfter(now)) {
      Open first = firstUnexcused().orElseThrow();
      if (!heard.isAfter(first.sent())) {
        return true;
      }
      excused = first.handoff().number();
    }
    return false;
  }

  /// Takes back the newest handoff to be handed again, if all are overdue of a member that is not
  /// silent. It may have been lost, and nothing comes after it by which the member would notice;
  /// handed again it tells of all the others too. (RFC 8985 calls this a tail loss probe.)
  Optional<Lost> takeLate() {
    Open newest = open.peekLast();
    boolean late = newest != null && excused >= newest.handoff().number();
    if (!late
        || newest.losses() + 1 >= LOSSES_MAX
        || newest.handoff().parcel().length() > LATE_BYTES_MAX) {
      return Optional.empty();
    }
    open.removeLast();
    bytes -= newest.handoff().parcel().length();
    givenUp = givenUp.or(() -> Optional.of(newest));
    return Optional.of(new Lost(newest.handoff(), newest.losses() + 1));
  }

  /// Takes back everything, to be given to others.
  List<Handoff> giveUp() {
    givenUp = givenUp.or(() -> Optional.ofNullable(open.peek()));
    List<Handoff> given = open();
    open.clear();
    bytes = 0;
    return given;
  }

  /// Takes back a handoff that was never sent.
  Optional<Handoff> withdraw(long number) {
    Iterator<Open> newestFirst = open.descendingIterator();
    while (newestFirst.hasNext()) {
      Handoff handoff = newestFirst.next().handoff();
      if (handoff.number() == number) {
        newestFirst.remove();
        bytes -= handoff.parcel().length();
        return Optional.of(handoff);
      }
    }
    return Optional.empty();
  }

  /// Forgets the batches of an origin.
  ///
  /// @return how many
  int letGo(Guid origin) {
    int before = open.size();
    open.removeIf(one -> one.handoff().parcel().isBatchOf(origin));
    bytes = open.stream().mapToLong(one -> one.handoff().parcel().length()).sum();
    return before - open.size();
  }

  /// All that is open, oldest first.
  List<Handoff> open() {
    return open.stream().map(Open::handoff).toList();
  }

  long bytes() {
    return bytes;
  }

  int size() {
    return open.size();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }
}
