package io.pychain.core.failure;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.membership.Members;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Puts time to [Verdicts]: whoever is condemned may still answer for a while, and is dead then.
///
/// ```
///   ALIVE ── first entitled accusation ──► SUSPECT ── quorum ──► condemned ── window ──► DEAD
///     ▲                                       │                      │                     │
///     └───────────────────────── a newer record of the member ◄──────┴─────────────────────┘
/// ```
///
/// The dead are off the ring, so that nobody hands them a stretch or wants a link to them.
final class Deaths {
  /// How long verdicts that may have lost their ground wait, so that they are computed once where
  /// many return together.
  static final Duration SETTLE = Duration.ofSeconds(1);

  private final Guid self;
  private final Members members;
  private final Verdicts verdicts;
  private final Duration window;
  private final Consumer<Guid> touched;
  private final TreeMap<Guid, Instant> condemned = new TreeMap<>();
  private final TreeSet<Guid> accused = new TreeSet<>();
  private Instant buryAt = Instant.MAX;
  private Instant settleAt = Instant.MAX;

  /// @param touched is told whose state may have changed
  Deaths(Guid self, Members members, FailureConfig config, Consumer<Guid> touched) {
    this.touched = touched;
    this.self = self;
    this.members = members;
    this.verdicts = new Verdicts(members, config.watchers());
    this.window = config.refutation();
  }

  Verdicts verdicts() {
    return verdicts;
  }

  /// Takes what a store held. Who was condemned by then has had its time.
  void restore(List<MemberRecord> records, List<Accusation> accusations) {
    records.forEach(record -> verdicts.renewed(record.guid()));
    accusations.forEach(verdicts::accuse);
    verdicts.changes().stream().filter(this::mayDie).forEach(members::bury);
  }

  /// A node does not bury itself: it answers.
  private boolean mayDie(Guid guid) {
    return verdicts.isCondemned(guid) && !guid.equals(self);
  }

  /// Reads the accusations in a batch that is durable here.
  ///
  /// @return whether there are any
  boolean heard(Batch batch) {
    boolean any = false;
    for (Message message : batch.messages()) {
      Optional<Suspicion> claim = Suspicion.in(message);
      claim.ifPresent(said -> heard(new Accusation(batch.log().guid(), said)));
      any |= claim.isPresent();
    }
    return any;
  }

  private void heard(Accusation accusation) {
    if (verdicts.accuse(accusation)) {
      accused.add(accusation.suspicion().guid());
      touched.accept(accusation.suspicion().guid());
    }
  }

  /// Who has been accused since this was asked last, by GUID.
  List<Guid> newlyAccused() {
    if (accused.isEmpty()) {
      return List.of();
    }
    List<Guid> news = List.copyOf(accused);
    accused.clear();
    return news;
  }

  /// A member's record is new or newer, or the member has been forgotten.
  void renewed(Guid guid) {
    verdicts.renewed(guid);
    touched.accept(guid);
  }

  /// Takes note of verdicts, and buries whose time is over.
  ///
  /// @return whether the ring has changed
  boolean onTime(Instant now) {
    if (verdicts.isUnsettled() && settleAt.equals(Instant.MAX)) {
      settleAt = now.plus(SETTLE);
    }
    if (!settleAt.isAfter(now)) {
      settleAt = Instant.MAX;
      verdicts.settle();
    }
    boolean changed = false;
    for (Guid guid : verdicts.changes()) {
      changed |= note(now, guid);
    }
    return !buryAt.isAfter(now) ? bury(now) : changed;
  }

  private boolean note(Instant now, Guid guid) {
    touched.accept(guid);
    if (mayDie(guid)) {
      condemned.put(guid, now);
      buryAt = earlier(buryAt, now.plus(window));
      return false;
    }
    condemned.remove(guid);
    boolean raised = members.isDead(guid);
    members.revive(guid);
    return raised;
  }

  private boolean bury(Instant now) {
    List<Guid> due = new ArrayList<>();
    buryAt = Instant.MAX;
    condemned.forEach((guid, since) -> {
      Instant end = since.plus(window);
      if (end.isAfter(now)) {
        buryAt = earlier(buryAt, end);
      } else {
        due.add(guid);
      }
    });
    due.forEach(condemned::remove);
    due.forEach(members::bury);
    due.forEach(touched);
    return true;
  }

  /// State of a member as its watchers see it.
  State state(MemberRecord record) {
    Status status = record.contact().status();
    if (status != Status.ACTIVE) {
      return status == Status.REVOKED ? State.REVOKED : State.LEFT;
    }
    if (members.isDead(record.guid())) {
      return State.DEAD;
    }
    return verdicts.entitledAccusers(record.guid()) > 0 ? State.SUSPECT : State.ALIVE;
  }

  Instant deadline() {
    return earlier(buryAt, settleAt);
  }
}
