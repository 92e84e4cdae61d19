package io.pychain.core.protocol;

import io.pychain.core.broadcast.Parcel;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import java.time.Instant;
import java.util.Optional;

/// What follows from a write once it is durable: only then are messages delivered, publishers and
/// newcomers answered, own words sent out and peers told that this node holds something.
final class Durability {
  private final MemberRecord first;
  private final Rooms rooms;
  private final Publisher publisher;
  private final Guests guests;
  private final Departure departure;
  private final Standing standing;
  private final Forks forks;
  private final Bans bans;
  private final Governance governance;

  /// Who is told of what became durable.
  record Parties(
      Publisher publisher,
      Guests guests,
      Departure departure,
      Standing standing,
      Forks forks,
      Bans bans,
      Governance governance) {}

  /// @param first the own record that this run began with
  Durability(MemberRecord first, Rooms rooms, Parties parties) {
    this.first = first;
    this.rooms = rooms;
    this.publisher = parties.publisher();
    this.guests = parties.guests();
    this.departure = parties.departure();
    this.standing = parties.standing();
    this.forks = parties.forks();
    this.bans = parties.bans();
    this.governance = parties.governance();
  }

  /// Every write up to this one is durable.
  void persisted(Instant now, long write) {
    boolean wasDown = rooms.writes().fault().isPresent();
    for (Persist durable : rooms.writes().persisted(write)) {
      persisted(now, durable);
      if (!isCommon(durable)) {
        rooms.calm().disturb();
      }
    }
    if (wasDown && rooms.writes().fault().isEmpty()) {
      rooms.sync().compareAll(now, rooms.out()::send);
    }
  }

  private static boolean isCommon(Persist durable) {
    return durable instanceof Persist.StoreBatch batch && batch.delivery().via() != Via.LOCAL;
  }

  private void persisted(Instant now, Persist durable) {
    switch (durable) {
      case Persist.StoreBatch(long arrival, Delivery delivery) -> deliver(now, arrival, delivery);
      case Persist.StoreRecord(long arrival, MemberRecord member) -> {
        Optional<RecordHead> before = rooms.writes().recordPersisted(member);
        rooms.sync().recordStored(now, arrival, Intake.headOf(member), before);
        announceRenewal(now, member);
        bans.persisted(now, member);
      }
      case Persist.StoreAllocation(long arrival, var certificate) -> {
        rooms.sync().skipped(arrival);
        guests.persisted(certificate);
        standing.admitted(certificate);
      }
      case Persist.StoreCertificate(long arrival, var certificate) -> {
        rooms.sync().skipped(arrival);
        standing.certified(now, certificate);
      }
      case Persist.StoreFork(long arrival, var proof) -> forks.persisted(now, arrival, proof);
      case Persist.StoreParameters(long arrival, var parameters) -> {
        rooms.sync().skipped(arrival);
        governance.persisted(now, parameters);
      }
      case Persist.StoreAnchors(long arrival, var members) -> {
        rooms.sync().skipped(arrival);
        rooms.anchors().stored(members);
      }
      case Persist.Probe(long arrival) -> {
        rooms.sync().skipped(arrival);
        rooms.writes().recovered();
      }
    }
  }

  /// A newer record of this node itself leaves only once it is durable: a restart must number the
  /// next one higher. The first one of a run goes round when the node introduces itself.
  private void announceRenewal(Instant now, MemberRecord member) {
    if (member.guid().equals(first.guid()) && member.newerThan(first)) {
      rooms.out().hand(rooms.broadcast().originate(now, new Parcel.OfRecord(member)));
      if (member.contact().status() == Contact.Status.LEFT) {
        departure.announced();
      }
    }
  }

  private void deliver(Instant now, long arrival, Delivery delivery) {
    Batch batch = delivery.batch();
    if (rooms.lookout().heard(batch)) {
      rooms.calm().disturb();
    }
    LogHead before = rooms.logs().head(batch.log());
    rooms.logs().persisted(batch);
    LogHead head = rooms.logs().head(batch.log());
    rooms.sync().logGrew(now, arrival, head, before, delivery.via() == Via.SYNC);
    rooms.counters().delivered(delivery);
    rooms.out().effects().deliver().add(delivery);
    if (delivery.via() == Via.LOCAL) {
      rooms.counters().published += batch.messages().size();
      if (!rooms.logs().isForked(batch.log()) && !rooms.members().isRevoked(before.log().guid())) {
        rooms.out().hand(rooms.broadcast().originate(now, new Parcel.OfBatch(batch)));
      }
      publisher.persisted(now, batch);
    }
    rooms.surveys().stored(now, batch.log());
  }

  /// The store took none of what waits for it.
  void failed(Instant now, String reason) {
    rooms.logs().forgetWhatIsNotDurable();
    rooms.writes().failed(now, reason);
    publisher.failed(reason);
    guests.failed(reason);
    bans.failed(reason);
    forks.failed();
    governance.failed(reason);
  }
}
