package io.pychain.core.coverage;

import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Reach;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All questions about coverage that this node is at work on, its own and those of others.
public final class Surveys {
  /// Most at a time, of everybody. Each ends within [Reach.Survey#BUDGET_MAX], and most within a
  /// few round trips.
  static final int OPEN_MAX = 1_024;

  /// So many are anybody's. The others are for those who have few open, so that a handful of peers
  /// that ask for what nobody has leave room for the questions of 64 others and of this node.
  static final int ANYBODYS_MAX = OPEN_MAX / 2;

  /// Most that one asker has open once those are taken.
  static final int SHARE = 8;

  private final Place place;
  private final Desk desk;

  /// By the first of the numbers that each uses.
  private final TreeMap<Long, Survey> open = new TreeMap<>();

  private final TreeMap<Guid, Questions> peers = new TreeMap<>();
  private final Questions own = new Questions();
  private long nextNumber = 1;
  private long taken;
  private long refused;
  private Instant due = Instant.MAX;

  /// At work on nothing.
  public Surveys(Place place, Desk desk) {
    this.place = place;
    this.desk = desk;
  }

  /// Somebody at this node wants to know who holds a message. It is told what is known as that
  /// grows, and in the end, which is when everybody is reached or the wait is over. Without time to
  /// wait, or where too much is being asked already, the end is now, and nobody is asked.
  ///
  /// @param ticket comes back with each answer
  /// @param wanted the message; it is no answer that earlier ones of its log are held
  /// @param wait how long at most; longer than [Reach.Survey#BUDGET_MAX] counts as that
  public void begin(Instant now, long ticket, LogHead wanted, Duration wait) {
    Position self = place.self().position();
    boolean bounded = wait.compareTo(Reach.Survey.BUDGET_MAX) <= 0;
    Instant deadline = now.plus(bounded ? wait : Reach.Survey.BUDGET_MAX);
    var question =
        new Survey.Question(new Asker.Local(ticket), wanted, new Arc(self, self), deadline);
    Survey survey = open(now, question);
    if (deadline.isAfter(now) && hasRoom(now, own)) {
      taken++;
      survey.begin(now);
      keep(survey);
    } else {
      refused += deadline.isAfter(now) ? 1 : 0;
      survey.decline(now);
    }
  }

  /// A peer asks. A question that is beyond a bound is refused: a tally of no members.
  public void asked(Instant now, Guid peer, Reach.Survey asked) {
    if (asked.stretch().contains(peer.position())) {
      // Not by the rules: whoever asks is outside, or questions would go in circles.
      return;
    }
    Questions questions = peers.computeIfAbsent(peer, _ -> new Questions());
    Survey known = questions.open().get(asked.number());
    if (known != null) {
      known.repeat(now);
    } else if (hasRoom(now, questions)) {
      answer(now, new Asker.Peer(peer, asked.number()), asked);
    } else {
      refused++;
      desk.send(peer, new Reach.Tally(asked.number(), 0, 0, List.of(), true));
    }
  }

  private boolean hasRoom(Instant now, Questions asker) {
    boolean room = open.size() < ANYBODYS_MAX || asker.open().size() < SHARE;
    return asker.admit(now) && room && open.size() < OPEN_MAX;
  }

  private void answer(Instant now, Asker.Peer asker, Reach.Survey asked) {
    Instant deadline = now.plus(asked.budget());
    var question = new Survey.Question(asker, asked.wanted(), asked.stretch(), deadline);
    Survey survey = open(now, question);
    taken++;
    survey.begin(now);
    keep(survey);
  }

  private Survey open(Instant now, Survey.Question question) {
    Survey survey = new Survey(nextNumber, question, place, desk, now);
    nextNumber += Math.max(1, survey.size());
    return survey;
  }

  /// A peer has answered.
  public void told(Instant now, Guid peer, Reach.Tally tally) {
    Map.Entry<Long, Survey> asker = open.floorEntry(tally.number());
    if (asker != null) {
      asker.getValue().told(now, peer, tally);
      keep(asker.getValue());
    }
  }

  /// More of a log has become durable here.
  public void stored(Instant now, LogId log) {
    for (Survey survey : List.copyOf(open.values())) {
      if (survey.question().wanted().log().equals(log)) {
        survey.stored(now);
        keep(survey);
      }
    }
  }

  /// A member can be asked from now on.
  public void linkUp(Instant now, Guid peer) {
    for (Survey survey : List.copyOf(open.values())) {
      survey.linkUp(now, peer);
      keep(survey);
    }
  }

  /// A member can be asked no more, and waits for no answer. It is no longer `linked`, or is so
  /// anew.
  public void linkDown(Instant now, Guid peer) {
    Questions gone = peers.remove(peer);
    if (gone != null) {
      gone.open().values().forEach(survey -> open.remove(survey.firstNumber()));
    }
    for (Survey survey : List.copyOf(open.values())) {
      survey.linkDown(now, peer);
      keep(survey);
    }
  }

  /// Does what is due.
  public void onTime(Instant now) {
    if (due.isAfter(now)) {
      return;
    }
    due = Instant.MAX;
    for (Survey survey : List.copyOf(open.values())) {
      if (!survey.due().isAfter(now)) {
        survey.onTime(now);
      }
      keep(survey);
    }
  }

  /// Keeps what is not at its end, and lets go of what is.
  private void keep(Survey survey) {
    if (survey.isOpen()) {
      open.put(survey.firstNumber(), survey);
      due = survey.due().isBefore(due) ? survey.due() : due;
    } else {
      open.remove(survey.firstNumber());
    }
    Asker asker = survey.question().asker();
    if (survey.isOpen()) {
      questionsOf(asker).open().put(asker.number(), survey);
    } else {
      questionsOf(asker).open().remove(asker.number());
    }
  }

  private Questions questionsOf(Asker asker) {
    return switch (asker) {
      case Asker.Peer(Guid guid, long _) -> peers.computeIfAbsent(guid, _ -> new Questions());
      case Asker.Local _ -> own;
    };
  }

  /// Questions that were taken up since the start, its own and those of others.
  public long taken() {
    return taken;
  }

  /// Questions that were beyond a bound.
  public long refused() {
    return refused;
  }

  /// How many it is at work on.
  public int size() {
    return open.size();
  }

  /// When [#onTime] is wanted at the latest.
  public Instant deadline() {
    return due;
  }
}
