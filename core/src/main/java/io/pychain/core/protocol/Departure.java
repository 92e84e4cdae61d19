package io.pychain.core.protocol;

import io.pychain.core.broadcast.Broadcast;
import io.pychain.core.message.Contact;
import io.pychain.core.message.MemberRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How a node leaves of its own will.
///
/// ```
///   STAYING ──► DRAINING ──────────► TELLING ─────────────────► GONE
///      asked     what was published    PEER_LEAVING and the       every ticket is answered
///                before is durable     record with status LEFT
///                                      are durable and handed on
/// ```
///
/// From the first moment nothing more is published. A node that cannot write, or whose peers do not
/// acknowledge, goes all the same once its patience is at an end.
final class Departure {
  /// Longest time for each of the two steps.
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final String LEAVING = "the node is leaving: publish at another one";

  private enum Stage {
    STAYING,
    DRAINING,
    TELLING,
    GONE
  }

  private final Papers papers;
  private final Publisher publisher;
  private final Broadcast broadcast;
  private final Outlet out;
  private final List<Long> tickets = new ArrayList<>();
  private Stage stage = Stage.STAYING;
  private Instant latest = Instant.MAX;
  private boolean announced;

  Departure(Papers papers, Publisher publisher, Broadcast broadcast, Outlet out) {
    this.papers = papers;
    this.publisher = publisher;
    this.broadcast = broadcast;
    this.out = out;
  }

  /// Somebody wants this node to leave.
  void begin(Instant now, long ticket) {
    tickets.add(ticket);
    if (stage == Stage.STAYING) {
      stage = Stage.DRAINING;
      latest = now.plus(PATIENCE);
      publisher.close(LEAVING);
    }
  }

  /// Whether it is time to say farewell, which it is once.
  boolean isFarewellDue(Instant now) {
    if (stage != Stage.DRAINING || !(publisher.isIdle() || !latest.isAfter(now))) {
      return false;
    }
    stage = Stage.TELLING;
    publisher.turnAway(LEAVING);
    latest = now.plus(PATIENCE);
    return true;
  }

  /// The own record that says so, newer than any before.
  MemberRecord farewell(Instant now) {
    return papers.sign(now, Contact.Status.LEFT);
  }

  /// The farewell has been handed on.
  void announced() {
    announced = true;
  }

  /// Answers once all is told and taken, or patience is at an end.
  void onTime(Instant now) {
    boolean told = announced && publisher.isIdle() && broadcast.isSettled();
    if (stage == Stage.TELLING && (told || !latest.isAfter(now))) {
      stage = Stage.GONE;
    }
    if (stage == Stage.GONE) {
      tickets.forEach(ticket -> out.effects().answers().add(new Answer.Left(ticket)));
      tickets.clear();
    }
  }

  boolean isUnderWay() {
    return stage != Stage.STAYING;
  }

  Instant deadline() {
    return stage == Stage.DRAINING || stage == Stage.TELLING ? latest : Instant.MAX;
  }
}
