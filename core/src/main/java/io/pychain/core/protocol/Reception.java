package io.pychain.core.protocol;

import io.pychain.core.broadcast.Handoff;
import io.pychain.core.link.LinkId;
import io.pychain.core.link.Links;
import io.pychain.core.link.RollCall;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Reach;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the network brings: links that come and go, and the frames on them, each routed to the room
/// that it is for.
final class Reception {
  /// Who looks for silence so much too late has not been listening.
  static final Duration OVERSLEPT = Duration.ofMillis(50);

  /// How long it listens at most before it looks again.
  static final Duration LISTEN_MAX = Duration.ofSeconds(1);

  /// A link that ends so soon has not broken: the other end said hello, and wants none.
  static final Duration TURNED_AWAY = Duration.ofMillis(250);

  private final Rooms rooms;
  private final Intake intake;
  private final Guests guests;
  private final Standing standing;
  private final Forks forks;
  private final Exclusion exclusion;
  private final Expirations expirations;
  private final Governance governance;
  private final Hearsay hearsay;
  private final RollCall rollCall;
  private Instant listenUntil = Instant.EPOCH;

  /// Who is told of what came.
  record Parties(
      Intake intake,
      Guests guests,
      Standing standing,
      Forks forks,
      Exclusion exclusion,
      Expirations expirations,
      Governance governance) {}

  Reception(Rooms rooms, Parties parties) {
    this.rooms = rooms;
    this.intake = parties.intake();
    this.guests = parties.guests();
    this.standing = parties.standing();
    this.forks = parties.forks();
    this.exclusion = parties.exclusion();
    this.expirations = parties.expirations();
    this.governance = parties.governance();
    this.rollCall = new RollCall(rooms.links(), rooms.out());
    this.hearsay = new Hearsay(rooms.sync());
    rooms.out().onHandoff(hearsay::handed);
  }

  /// A link to a member is up.
  void linkUp(Instant now, Input.LinkUp up) {
    Guid peer = up.record().guid();
    rooms.anchors().tried(peer);
    intake.record(now, up.record());
    Optional<MemberRecord> ban = rooms.members().of(peer).filter(MemberRecord::isRevoked);
    if (ban.isPresent()) {
      refuse(now, up, ban.get());
      return;
    }
    Optional<MemberRecord> heir =
        rooms.members().of(peer).filter(held -> Intake.isSucceeded(up.record(), held));
    if (heir.isPresent()) {
      rooms.dials().turnedAway(now, peer);
      exclusion.turnAwayFormer(up.link(), heir.get());
      return;
    }
    Optional<String> refusal = refusal(now, up);
    if (refusal.isPresent()) {
      turnAway(now, up, Frame.Reason.FULL, refusal.get());
      return;
    }
    Optional<String> ended = expirations.refusal(now, up.record().certificate());
    if (ended.isPresent()) {
      turnAway(now, up, Frame.Reason.EXPIRED, ended.get());
      return;
    }
    rooms.dials().linked(now, peer, up.dialled());
    Links.Raised raised = rooms.links().raise(now, up.link(), peer, up.dialled());
    raised
        .closed()
        .ifPresent(link -> rooms.out().drop(link, Frame.Reason.REDUNDANT, "one link is enough"));
    rooms.lookout().linked(peer);
    if (raised.kept()) {
      if (!up.dialled()) {
        rooms.slots().raised(now, up.link(), up.host(), rooms.out());
      }
      rooms.links().agreed(up.link(), up.version());
      raised.closed().ifPresent(_ -> rooms.sync().peerDown(now, peer, rooms.out()::send));
      handOver(
          raised.closed().isPresent()
              ? rooms.broadcast().linkReplaced(now, peer)
              : rooms.broadcast().linkUp(now, peer));
      rooms.sync().peerUp(now, peer, up.storeId(), up.dialled(), rooms.out()::send);
      rooms.surveys().linkUp(now, peer);
      governance.linkUp(up.link());
    }
  }

  private Optional<String> refusal(Instant now, Input.LinkUp up) {
    Guid peer = up.record().guid();
    Optional<String> blamed =
        rooms
            .faults()
            .away(now, peer)
            .map(away ->
                "you misbehaved (%s); come back at %s"
                    .formatted(away.fault().label(), away.until()));
    return up.dialled() ? blamed : blamed.or(() -> visitRefusal(now, peer));
  }

  private Optional<String> visitRefusal(Instant now, Guid peer) {
    return rooms
        .anchors()
        .refusal(now, peer)
        .filter(_ -> rooms.dials().isUnasked(now, peer))
        .or(() -> rooms.slots().refusal(now, peer));
  }

  /// It has said hello, so it lives; more is not wanted of it.
  private void turnAway(Instant now, Input.LinkUp up, Frame.Reason reason, String why) {
    rooms.dials().turnedAway(now, up.record().guid());
    rooms.lookout().linked(up.record().guid());
    rooms.out().drop(up.link(), reason, why);
  }

  /// A member has provably misbehaved.
  void misdeed(Instant now, Input.Misdeed misdeed) {
    rooms
        .links()
        .guidOf(misdeed.link())
        .ifPresent(peer -> rooms.faults().committed(now, peer, misdeed.fault()));
  }

  private void refuse(Instant now, Input.LinkUp up, MemberRecord ban) {
    rooms.dials().turnedAway(now, ban.guid());
    exclusion.turnAway(up.link(), ban, up.version() >= Contact.RULINGS_SINCE);
  }

  /// A link, of a member or a guest, is gone.
  void linkDown(Instant now, LinkId id) {
    guests.down(id);
    rooms.slots().lowered(now, id);
    rooms
        .links()
        .lower(id)
        .ifPresent(link -> {
          rooms.dials().unlinked(now, link);
          boolean turnedAway = link.since().plus(TURNED_AWAY).isAfter(now);
          if (!turnedAway && !rooms.dials().isUnneeded(now, link.guid())) {
            rooms.slots().trouble(now);
            rooms.lookout().broken(now, link.guid());
          }
          peerDown(now, link.guid());
        });
  }

  /// A link had no room for a frame of a broadcast.
  void unsent(Instant now, Input.Unsent unsent) {
    rooms.counters().pushesSent -= unsent.frame() instanceof Frame.Push ? 1 : 0;
    rooms
        .links()
        .guidOf(unsent.link())
        .ifPresent(peer -> {
          hearsay.notHanded(peer, unsent.frame());
          handOver(rooms.broadcast().unsent(now, peer, unsent.frame()));
        });
  }

  private void handOver(List<Handoff> handoffs) {
    rooms.counters().handedOver += handoffs.size();
    rooms.out().hand(handoffs);
  }

  private void peerDown(Instant now, Guid peer) {
    handOver(rooms.broadcast().linkDown(now, peer));
    rooms.sync().peerDown(now, peer, rooms.out()::send);
    rooms.surveys().linkDown(now, peer);
  }

  /// Passes over peers that are slow.
  void onTime(Instant now) {
    rooms.broadcast().passOverSlow(now);
  }

  /// Passes over peers that have fallen silent, and asks them whether they are there: only when
  /// everything that has come has been looked at, for a node that is behind hears everybody late.
  /// One that comes late to look has been kept from listening as well, and gives them as long
  /// again.
  void onWake(Instant now) {
    Duration late = Duration.between(deadline(), now);
    if (late.isNegative()) {
      return;
    }
    if (late.compareTo(OVERSLEPT) > 0) {
      listenUntil = now.plus(late.compareTo(LISTEN_MAX) < 0 ? late : LISTEN_MAX);
      return;
    }
    List<Guid> silent = rooms.broadcast().fallenSilent(now);
    silent.forEach(peer -> passOver(now, peer));
    rooms.out().hand(rooms.broadcast().handLateAgain(now));
    if (!silent.isEmpty()) {
      rollCall.begin(now, silent.size());
    }
    for (Guid peer : rollCall.absent(now)) {
      if (!rooms.broadcast().isAwaited(peer)) {
        passOver(now, peer);
      }
    }
  }

  private void passOver(Instant now, Guid peer) {
    rooms.calm().disturb();
    rooms.dials().fellSilent(now);
    rooms.slots().trouble(now);
    handOver(rooms.broadcast().giveUp(now, peer));
  }

  /// When [#onTime] or [#onWake] has something to do.
  Instant deadline() {
    Instant silent = rooms.broadcast().deadline();
    Instant due = silent.isBefore(rollCall.deadline()) ? silent : rollCall.deadline();
    return due.isBefore(listenUntil) ? listenUntil : due;
  }

  /// A dial came to nothing.
  void dialFailed(Instant now, Input.DialFailed failure) {
    rooms.anchors().tried(failure.guid());
    rooms.dials().failed(now, failure.guid());
    rooms.slots().trouble(now);
    rooms.lookout().dialFailed(now, failure.guid(), failure.evidence());
  }

  /// A peer has sent batches whose origin is not known here.
  void unknownOrigin(Instant now, Input.UnknownOrigin unknown) {
    rooms
        .links()
        .guidOf(unknown.link())
        .ifPresent(peer -> rooms.sync().stranger(now, peer, unknown.log(), rooms.out()::send));
  }

  /// A frame has come.
  void received(Instant now, LinkId link, Frame frame) {
    Optional<Guid> peer = rooms.links().heard(now, link);
    if (peer.isPresent()) {
      handOver(rooms.broadcast().heard(now, peer.get()));
      received(now, new Sender(link, peer.get()), frame);
    } else if (guests.contains(link)) {
      guests.received(now, link, frame, rooms.members().all());
    }
  }

  private record Sender(LinkId link, Guid peer) {}

  private void received(Instant now, Sender from, Frame frame) {
    Guid peer = from.peer();
    Outlet out = rooms.out();
    switch (frame) {
      case Frame.Push push -> {
        hearsay.handedBy(peer, push);
        long before = rooms.counters().batchesNew;
        intake.push(now, peer, push);
        if (rooms.counters().batchesNew > before) {
          rooms.slots().useful(now, from.link());
        }
        rooms.links().took(now, from.link(), push, out);
      }
      case Frame.Announce announce -> {
        hearsay.handedBy(peer, announce);
        intake.announce(now, announce);
        rooms.links().took(now, from.link(), announce, out);
      }
      case Frame.Fork fork -> {
        forks.received(now, fork);
        if (fork.number() > 0) {
          rooms.links().took(now, from.link(), fork, out);
        }
      }
      case Frame.ForksWanted(List<LogId> logs) -> forks.wanted(from.link(), peer, logs);
      case Frame.Ack ack -> handOver(rooms.broadcast().acknowledged(now, peer, ack));
      case Frame.Ping(long nonce, boolean alarm) -> {
        out.send(from.link(), new Frame.Pong(nonce));
        if (alarm) {
          rollCall.alarmed(now);
        }
      }
      case Frame.Pong _ -> rooms.links().pong(now, from.link());
      case Frame.SyncRequest request -> rooms.sync().requested(now, peer, request, out::send);
      case Reach.Survey survey -> rooms.surveys().asked(now, peer, survey);
      case Reach.Tally tally -> rooms.surveys().told(now, peer, tally);
      case Frame.Summary summary -> rooms.sync().summary(now, peer, summary, out::send);
      case Frame.News news -> {
        standing.told(news.logs());
        rooms.sync().news(now, peer, news, out::send);
      }
      case Frame.Heads heads -> {
        standing.told(heads.logs());
        rooms.sync().heads(now, peer, heads, out::send);
      }
      case Frame.Probe probe -> rooms.sync().probed(now, peer, probe, out::send);
      case Frame.Hashes hashes -> rooms.sync().hashes(now, peer, hashes, out::send);
      case Frame.Fetch fetch -> {
        rooms.sync().fetched(now);
        out.effects().serve().add(new Effects.Serve(from.link(), open(fetch)));
      }
      case Frame.Batches batches -> intake.batches(now, peer, batches);
      case Frame.RecordsWanted(List<Guid> guids) -> sendRecords(now, from, guids);
      case Frame.Records(List<MemberRecord> records) ->
          records.forEach(member -> intake.record(now, member));
      case Parameters parameters -> governance.received(now, parameters);
      case Frame.Join join ->
          rooms
              .members()
              .of(peer)
              .filter(member -> !member.isRevoked())
              .ifPresent(member -> join(now, from.link(), member.certificate(), join));
      case Frame.Admitted admitted -> standing.admitted(admitted.certificate());
      case Frame.Hello _, Frame.Goodbye _, Frame.BeforeTls _ ->
          out.drop(from.link(), Frame.Reason.MALFORMED, "not between members that are linked");
    }
  }

  private void join(Instant now, LinkId link, Certificate held, Frame.Join join) {
    if (join.succession().isPresent()) {
      if (Rotation.laggard(rooms.members()).isEmpty()) {
        guests.rotate(now, link, held, join.succession().get());
      }
    } else if (join.extend()) {
      guests.extend(now, link, held);
    } else {
      guests.renew(now, link, held);
    }
  }

  /// What is asked for, without what is passed on no more.
  private Frame.Fetch open(Frame.Fetch fetch) {
    List<Frame.Range> ranges =
        fetch.ranges().stream().filter(range -> !isClosed(range.log())).toList();
    return new Frame.Fetch(fetch.id(), ranges);
  }

  private boolean isClosed(LogId log) {
    return rooms.logs().isForked(log) || rooms.members().isRevoked(log.guid());
  }

  private void sendRecords(Instant now, Sender to, List<Guid> guids) {
    List<MemberRecord> held =
        guids.stream()
            .map(rooms.members()::of)
            .flatMap(Optional::stream)
            .filter(record -> rooms.out().understands(to.link(), record))
            .toList();
    if (!held.isEmpty() && rooms.sync().maySendRecords(now, to.peer(), held.size())) {
      rooms.out().send(to.link(), new Frame.Records(held));
    }
  }
}
