package io.pychain.core.protocol;

import io.pychain.core.broadcast.Parcel;
import io.pychain.core.membership.Suspicion;
import io.pychain.core.message.Address;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.NodeView.State;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Everything about members that are absent: lets those who watch, judge, forget, answer and search
/// do their work when it is time, and carries out what they come to.
final class Lookout {
  /// A node that is called so much later than it asked for stood still meanwhile.
  static final Duration STOOD_STILL = Duration.ofSeconds(1);

  private final Guid self;
  private final Rooms rooms;
  private final Intake intake;
  private final Publisher publisher;
  private final Expiry expiry;
  private final Refutation refutation;
  private final Search search;

  Lookout(Papers papers, ProtocolConfig config, Rooms rooms, Voice voice, RandomGenerator random) {
    this.self = papers.guid();
    this.rooms = rooms;
    this.intake = voice.intake();
    this.publisher = voice.publisher();
    expiry = new Expiry(self, rooms.members(), config.failure().guidTimeout());
    refutation = new Refutation(papers, rooms.deaths().verdicts(), config.failure(), random);
    search = new Search(config.failure(), random);
  }

  /// By what this node makes itself heard.
  ///
  /// @param intake takes its own newer records
  /// @param publisher takes its accusations
  record Voice(Intake intake, Publisher publisher) {}

  /// Time has passed.
  ///
  /// @param due when this node had asked to be called at the latest
  void calledAt(Instant now, Instant due) {
    if (now.isAfter(due.plus(STOOD_STILL))) {
      rooms.links().forgive(now);
      rooms.watch().stoodStill(now);
    }
  }

  /// Does what is due.
  ///
  /// @param looked whether links have just been looked at for silence
  /// @param introduced whether this node knows the others, and they know it
  void onTime(Instant now, boolean looked, boolean introduced) {
    expiry.due(now).forEach(guid -> forget(now, guid));
    if (rooms.deaths().onTime(now)) {
      ringChanged(now);
    }
    rooms.deaths().newlyAccused().forEach(guid -> accused(now, guid));
    if (looked) {
      rooms.watch().look(now);
    }
    watch(now, introduced);
    refutation.due(now).ifPresent(fresh -> renew(now, fresh));
    search(now);
  }

  private void forget(Instant now, Guid guid) {
    rooms.deaths().renewed(guid);
    search.lost(now, guid);
    ringChanged(now);
  }

  private void ringChanged(Instant now) {
    rooms.dials().ringChanged(now);
    rooms.watch().ringChanged();
  }

  private void accused(Instant now, Guid guid) {
    rooms.watch().accused(now, guid);
    if (!guid.equals(self) && !rooms.links().isUp(guid) && rooms.members().takesPart(guid)) {
      search.lost(now, guid);
    }
  }

  private void watch(Instant now, boolean mayAccuse) {
    Watch.Due due = rooms.watch().due(now, mayAccuse);
    for (Guid guid : due.dial()) {
      if (rooms.dials().probe(now, guid)) {
        rooms.dial(guid);
      }
    }
    List<Message> suspicions = new ArrayList<>();
    for (Guid guid : due.accuse()) {
      search.lost(now, guid);
      if (!rooms.deaths().verdicts().accuses(self, guid)) {
        suspicions.add(Suspicion.of(rooms.members().of(guid).orElseThrow()).message());
      }
    }
    if (!suspicions.isEmpty()) {
      publisher.publish(now, suspicions);
    }
  }

  /// Announced once it is durable; a node that cannot write does not wait for that, since it may be
  /// buried meanwhile.
  private void renew(Instant now, MemberRecord fresh) {
    intake.record(now, fresh);
    if (rooms.writes().fault().isPresent()) {
      rooms.out().hand(rooms.broadcast().originate(now, new Parcel.OfRecord(fresh)));
    }
  }

  private void search(Instant now) {
    if (!search.isDue(now, this::isMissing)) {
      return;
    }
    Optional<Address> boot = search.bootNode(rooms.links().size() == 0);
    if (boot.isPresent()) {
      rooms.out().effects().seek().add(new Effects.Seek(boot.get()));
      return;
    }
    Guid guid = search.member();
    if (rooms.dials().probe(now, guid)) {
      rooms.dial(guid);
    }
  }

  private boolean isMissing(Guid guid) {
    if (rooms.links().isUp(guid)) {
      return false;
    }
    return rooms.members().isForgotten(guid)
        || rooms.members().of(guid).map(this::state).stream()
            .anyMatch(state -> state == State.SUSPECT || state == State.DEAD);
  }

  /// State of a member as this node sees it.
  State state(MemberRecord record) {
    State judged = rooms.deaths().state(record);
    boolean suspected = judged == State.ALIVE && rooms.watch().suspects(record.guid());
    return suspected ? State.SUSPECT : judged;
  }

  Instant deadline() {
    Instant next = expiry.deadline();
    for (Instant due :
        List.of(
            rooms.deaths().deadline(),
            rooms.watch().deadline(),
            refutation.deadline(),
            search.deadline())) {
      next = due.isBefore(next) ? due : next;
    }
    return next;
  }
}
