package io.pychain.core.coverage;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Reach;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Handover;
import io.pychain.core.ring.Position;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One question at one node: which members of a stretch hold a message.
///
/// The node splits the stretch at the beginnings of those of its arcs in which it has a link, as
/// for a broadcast, and asks one member of each part:
///
/// ```
///           from         self                                      until
///     ───────|────────────|──────────|───────────────|───────────────|──────
///             behind: one  arc        arc, and one    arc, cut
///             part                    without a link
/// ```
///
/// In a healthy network nobody is behind, and the one who is asked is the first in its part. Where
/// the first has no link, or a whole arc has none, the next is asked in their place and answers for
/// them too, as far as it can reach them. Where nobody in a part answers, the nearest member before
/// it is asked, which is outside and answers only for those whom it can ask itself. So a question
/// that comes to somebody inside a stretch is always about a smaller one than before, and ends.
final class Survey {
  /// Shortest time between two reports of one survey, unless it ends.
  static final Duration REPORT_EVERY = Duration.ofMillis(150);

  /// Longest time between two reports while somebody is missing, so that a lost one is made good.
  /// It is also how soon one who dies or leaves is no longer waited for.
  static final Duration REPORT_AT_LEAST = Duration.ofMillis(500);

  /// What is kept back of the time, at each link, for the answer to come home: an eighth of what is
  /// left, at most this.
  static final Duration MARGIN_MAX = Duration.ofMillis(250);

  private final long firstNumber;
  private final Question question;
  private final Place place;
  private final Desk desk;
  private final List<Stretch> stretches = new ArrayList<>();
  private final boolean inside;
  private boolean here;
  private boolean open = true;
  private Instant reportedAt;
  private Instant reportAt;

  /// What is to be found out.
  ///
  /// @param asker who wants to know
  /// @param wanted up to which message of which log
  /// @param stretch [from, until); the whole circle begins and ends at the node
  /// @param deadline when the answer must be given
  record Question(Asker asker, LogHead wanted, Arc stretch, Instant deadline) {}

  /// @param firstNumber this node's name for what it asks about the first stretch; those of the
  ///   others follow
  Survey(long firstNumber, Question question, Place place, Desk desk, Instant now) {
    this.firstNumber = firstNumber;
    this.question = question;
    this.place = place;
    this.desk = desk;
    reportedAt = now;
    reportAt = now.plus(REPORT_EVERY);
    inside = question.stretch().contains(place.self().position());
    here = place.durable().test(question.wanted());
    split();
  }

  private void split() {
    Position self = place.self().position();
    Arc whole = question.stretch();
    if (inside && !whole.from().equals(self)) {
      add(whole.from(), self);
    }
    Position from = inside ? self.plus(1) : whole.from();
    boolean first = true;
    for (Handover next : place.fingers().cover(place.self(), whole.until(), this::isAskable)) {
      if (!first) {
        Position start = place.fingers().arcOf(place.self(), next.to()).from();
        add(from, start);
        from = start;
      }
      first = false;
    }
    add(from, whole.until());
  }

  private boolean isAskable(Guid peer) {
    return place.linked().test(peer) && question.stretch().contains(peer.position());
  }

  /// A stretch with nobody in it needs no answer.
  private void add(Position from, Position until) {
    Arc arc = new Arc(from, until);
    if (!from.equals(until) && ring().firstIn(arc).isPresent()) {
      stretches.add(new Stretch(arc));
    }
  }

  private Ring ring() {
    return place.fingers().ring();
  }

  /// Asks on, and answers at once if nothing needs to be waited for.
  void begin(Instant now) {
    stretches.forEach(stretch -> ask(now, stretch));
    changed(now);
  }

  private void ask(Instant now, Stretch stretch) {
    if (stretch.isComplete(ring())) {
      stretch.abandon();
    } else {
      Optional<Guid> peer = stretch.next(now, ring(), place.linked(), inside);
      peer.ifPresent(guid -> send(now, guid, stretch));
    }
  }

  private void send(Instant now, Guid peer, Stretch stretch) {
    Duration left = Duration.between(now, question.deadline());
    Duration eighth = left.dividedBy(8);
    Duration margin = eighth.compareTo(MARGIN_MAX) < 0 ? eighth : MARGIN_MAX;
    long millis = Math.max(1, left.minus(margin).toMillis());
    desk.send(
        peer,
        new Reach.Survey(
            firstNumber + stretches.indexOf(stretch),
            question.wanted(),
            stretch.arc(),
            Duration.ofMillis(millis)));
  }

  /// Ends without asking anybody.
  void decline(Instant now) {
    report(now, true);
  }

  /// The same question has come again: the asker may not have heard.
  void repeat(Instant now) {
    report(now, false);
  }

  /// Something of the log has become durable here.
  void stored(Instant now) {
    if (!here && place.durable().test(question.wanted())) {
      here = true;
      changed(now);
    }
  }

  /// A member has answered.
  void told(Instant now, Guid from, Reach.Tally tally) {
    long index = tally.number() - firstNumber;
    if (index < stretches.size()) {
      Stretch stretch = stretches.get((int) index);
      if (stretch.wasAsked(from) && stretch.take(now, from, tally)) {
        changed(now);
      }
    }
  }

  /// A link has come up: where a member of the stretch is missing, this one may know better.
  void linkUp(Instant now, Guid peer) {
    for (Stretch stretch : stretches) {
      if (stretch.wants(peer)) {
        stretch.ask(now, peer);
        send(now, peer, stretch);
      }
    }
  }

  /// A link is gone: whoever answered over it does so no more.
  void linkDown(Instant now, Guid peer) {
    for (Stretch stretch : stretches) {
      if (stretch.isWith(peer)) {
        stretch.abandon();
        ask(now, stretch);
      }
    }
  }

  /// Does what is due.
  void onTime(Instant now) {
    if (!question.deadline().isAfter(now)) {
      report(now, true);
      return;
    }
    for (Stretch stretch : stretches) {
      if (!stretch.againAt().isAfter(now)) {
        ask(now, stretch);
      }
    }
    if (!reportAt.isAfter(now)) {
      report(now, isComplete());
    }
  }

  private void changed(Instant now) {
    if (isComplete()) {
      report(now, true);
    } else {
      reportAt = earlier(reportAt, reportedAt.plus(REPORT_EVERY));
    }
  }

  private boolean isComplete() {
    return (here || !inside) && stretches.stream().allMatch(stretch -> stretch.isComplete(ring()));
  }

  private void report(Instant now, boolean done) {
    Coverage coverage = coverage();
    switch (question.asker()) {
      case Asker.Local(long ticket) -> desk.tell(ticket, coverage, done);
      case Asker.Peer(Guid guid, long theirs) ->
          desk.send(
              guid,
              new Reach.Tally(
                  theirs, coverage.reached(), coverage.members(), coverage.missing(), done));
    }
    open = !done;
    reportedAt = now;
    reportAt = now.plus(REPORT_AT_LEAST);
  }

  private Coverage coverage() {
    Coverage sum = inside ? Coverage.of(place.self(), here) : Coverage.NONE;
    for (Stretch stretch : stretches) {
      sum = sum.and(stretch.coverage(ring()));
    }
    return sum;
  }

  long firstNumber() {
    return firstNumber;
  }

  /// How many numbers it uses.
  int size() {
    return stretches.size();
  }

  Question question() {
    return question;
  }

  boolean isOpen() {
    return open;
  }

  /// When [#onTime] is wanted at the latest.
  Instant due() {
    Instant due = earlier(question.deadline(), reportAt);
    for (Stretch stretch : stretches) {
      due = earlier(due, stretch.againAt());
    }
    return due;
  }
}
