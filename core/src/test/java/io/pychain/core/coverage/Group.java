package io.pychain.core.coverage;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Reach;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// Members 0 … n − 1 with nothing but their surveys, in virtual time. A frame takes ten
/// milliseconds. Everybody has a link to everybody, unless it is cut.
final class Group {
  static final LogHead MESSAGE = new LogHead(new LogId(Guid.of(0), 1), 7);
  static final Duration LATENCY = Duration.ofMillis(10);

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final List<Surveys> members = new ArrayList<>();
  private final Set<Guid> holders = new HashSet<>();
  private final Set<Guid> mute = new HashSet<>();
  private final Set<List<Guid>> cut = new HashSet<>();
  private final TreeMap<Instant, List<Runnable>> underWay = new TreeMap<>();
  private BiPredicate<Guid, Frame> lost = (_, _) -> false;
  private Instant now = START;

  final Ring ring = new Ring();
  final List<Frame> sent = new ArrayList<>();
  final List<Coverage> told = new ArrayList<>();
  boolean done;

  Group(int size) {
    Fingers fingers = new Fingers(Base.of(4), ring);
    for (int i = 0; i < size; i++) {
      Guid self = Guid.of(i);
      ring.add(self);
      holders.add(self);
      Place place =
          new Place(self, fingers, peer -> linked(self, peer), _ -> holders.contains(self));
      members.add(new Surveys(place, new Mail(self)));
    }
  }

  private boolean linked(Guid one, Guid other) {
    return !cut.contains(List.of(one, other)) && !one.equals(other);
  }

  private final class Mail implements Desk {
    private final Guid self;

    Mail(Guid self) {
      this.self = self;
    }

    @Override
    public void send(Guid to, Frame frame) {
      if (linked(self, to) && !mute.contains(self)) {
        sent.add(frame);
        if (!lost.test(to, frame)) {
          later(LATENCY, () -> arrives(self, to, frame));
        }
      }
    }

    @Override
    public void tell(long ticket, Coverage coverage, boolean last) {
      told.add(coverage);
      done = last;
    }
  }

  private void later(Duration delay, Runnable action) {
    underWay.computeIfAbsent(now.plus(delay), _ -> new ArrayList<>()).add(action);
  }

  private void arrives(Guid from, Guid to, Frame frame) {
    if (mute.contains(to) || !linked(from, to)) {
      return;
    }
    switch (frame) {
      case Reach.Survey survey -> member(to).asked(now, from, survey);
      case Reach.Tally tally -> member(to).told(now, from, tally);
      default -> throw new AssertionError(frame);
    }
  }

  Surveys member(Guid guid) {
    return members.get(guid.value());
  }

  Instant now() {
    return now;
  }

  /// From now on a member takes nothing and sends nothing, and its links look sound.
  void silence(int member) {
    mute.add(Guid.of(member));
  }

  /// Which frames get lost.
  void lose(BiPredicate<Guid, Frame> frames) {
    lost = frames;
  }

  void lacks(int member) {
    holders.remove(Guid.of(member));
  }

  void stores(int member) {
    holders.add(Guid.of(member));
    member(Guid.of(member)).stored(now, MESSAGE.log());
  }

  void cut(int one, int other) {
    cutOneWay(one, other);
    cutOneWay(other, one);
    member(Guid.of(one)).linkDown(now, Guid.of(other));
    member(Guid.of(other)).linkDown(now, Guid.of(one));
  }

  private void cutOneWay(int one, int other) {
    cut.add(List.of(Guid.of(one), Guid.of(other)));
  }

  void mend(int one, int other) {
    cut.remove(List.of(Guid.of(one), Guid.of(other)));
    cut.remove(List.of(Guid.of(other), Guid.of(one)));
    member(Guid.of(one)).linkUp(now, Guid.of(other));
    member(Guid.of(other)).linkUp(now, Guid.of(one));
  }

  /// Asks at a member.
  void ask(int member, Duration wait) {
    member(Guid.of(member)).begin(now, 1, MESSAGE, wait);
  }

  /// Lets time pass.
  void pass(long millis) {
    Instant until = now.plusMillis(millis);
    for (Instant next = next(); !next.isAfter(until); next = next()) {
      now = next.isAfter(now) ? next : now;
      if (underWay.containsKey(next)) {
        underWay.remove(next).forEach(Runnable::run);
      }
      members.forEach(member -> member.onTime(now));
    }
    now = until;
  }

  private Instant next() {
    Instant next = underWay.isEmpty() ? Instant.MAX : underWay.firstKey();
    for (Surveys member : members) {
      next = member.deadline().isBefore(next) ? member.deadline() : next;
    }
    return next;
  }

  /// The number of the last question whose stretch a member is in.
  long numberOf(int member) {
    return sent.reversed().stream()
        .filter(Reach.Survey.class::isInstance)
        .map(Reach.Survey.class::cast)
        .filter(survey -> survey.stretch().contains(Guid.of(member).position()))
        .findFirst()
        .orElseThrow()
        .number();
  }

  Coverage last() {
    return told.getLast();
  }

  /// Questions that any member is at work on.
  int open() {
    return members.stream().mapToInt(Surveys::size).sum();
  }
}
