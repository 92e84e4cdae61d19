package io.pychain.node.link;

import io.pychain.node.link.TransportConfig.Pace;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Whose TLS handshake is next, when there are more than this node has time for.
///
/// A handshake costs a node most of a millisecond before it knows with whom it speaks, and whoever
/// repeats a recorded word nothing. So only so many begin in a second, and who comes from elsewhere
/// does not wait behind those who come from one place:
///
/// ```
///   198.51.100.0/24   ▪▪▪▪▪▪▪▪▪▪▪▪  ──┐
///   203.0.113.0/24    ▪             ──┼─► one of each lane in turn ─► so many a second
///   192.0.2.7         ▪▪            ──┘   (a known member's host is a lane of its own)
/// ```
///
/// Of too many that wait, the oldest of the longest lane gives way: it dials again, if it is a
/// member, and its place costs a flood no more than that of any other.
///
/// Holds no clock; times are those of [System#nanoTime]. Safe for many threads.
final class Turns {
  private static final long SECOND = 1_000_000_000L;

  private final Pace pace;
  private final long nanosEach;
  private final LinkedHashMap<String, Deque<Turn>> lanes = new LinkedHashMap<>();
  private int waiting;
  private long paidUntil;

  /// @param now a time from which on turns are given
  Turns(Pace pace, long now) {
    this.pace = pace;
    this.nanosEach = SECOND / pace.perSecond();
    this.paidUntil = now - pace.burst() * nanosEach;
  }

  /// The turn of one visitor: true once it has come, false if it gave way to others.
  static final class Turn extends CompletableFuture<Boolean> {
    private final String lane;

    Turn(String lane) {
      this.lane = lane;
    }
  }

  /// Takes a place in a lane; the turn may have come at once.
  synchronized Turn queue(String lane, long now) {
    Turn turn = new Turn(lane);
    if (waiting == 0 && pay(now)) {
      turn.complete(true);
      return turn;
    }
    lanes.computeIfAbsent(lane, _ -> new ArrayDeque<>()).add(turn);
    waiting++;
    if (waiting > pace.waitingMax()) {
      sendAwayOne();
    }
    return turn;
  }

  private void sendAwayOne() {
    lanes.values().stream()
        .max(Comparator.comparingInt(Deque::size))
        .ifPresent(longest -> {
          Turn oldest = longest.getFirst();
          leave(oldest);
          oldest.complete(false);
        });
  }

  /// Gives up a place, if it is still held.
  synchronized void leave(Turn turn) {
    Deque<Turn> lane = lanes.get(turn.lane);
    if (lane != null && lane.remove(turn)) {
      waiting--;
      if (lane.isEmpty()) {
        lanes.remove(turn.lane);
      }
    }
  }

  /// Gives all turns that are due.
  ///
  /// @return nanoseconds until the next is, or -1 if nobody waits
  synchronized long give(long now) {
    while (waiting > 0 && pay(now)) {
      Deque<Turn> lane = lanes.pollFirstEntry().getValue();
      Turn next = lane.removeFirst();
      waiting--;
      if (!lane.isEmpty()) {
        lanes.put(next.lane, lane);
      }
      next.complete(true);
    }
    return waiting == 0 ? -1 : Math.max(1, paidUntil + nanosEach - now);
  }

  /// Whether there is time for one more.
  private boolean pay(long now) {
    paidUntil = Math.max(paidUntil, now - pace.burst() * nanosEach);
    if (paidUntil + nanosEach > now) {
      return false;
    }
    paidUntil += nanosEach;
    return true;
  }

  /// Sends everybody away.
  synchronized void close() {
    List<Turn> left = lanes.values().stream().flatMap(Deque::stream).toList();
    lanes.clear();
    waiting = 0;
    left.forEach(turn -> turn.complete(false));
  }
}
