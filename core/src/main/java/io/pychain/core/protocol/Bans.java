package io.pychain.core.protocol;

import io.pychain.core.admission.Admission;
import io.pychain.core.broadcast.Parcel;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Answer.Overruled.Why;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/// How a boot node bans members and lifts that again: by a record of the member that the authority
/// signs in its place. Like any record it is kept, passed on and compared everywhere.
///
/// ```
///   ACTIVE, epoch 3 ── ban ──► REVOKED, epoch 67 ── unban ──► PARDONED, epoch 131
///      ▲ all that the member has,   covers every epoch below        │ the member finds its own
///      │ or may keep back                                           ▼ certificate in it
///                                                             ACTIVE, epoch 131
/// ```
///
/// The record goes out once it is durable here: a ban that a crash made undone would be one that
/// some keep to and others do not.
final class Bans {
  /// Rulings that wait for the disk at a time.
  static final int WAITING_MAX = 256;

  private final Papers papers;
  private final Rooms rooms;
  private final Intake intake;
  private final Optional<Desk> desk;

  /// The newest ruling about each member that is being written.
  private final TreeMap<Guid, MemberRecord> unannounced = new TreeMap<>();

  /// Who waits for which ruling, by ticket.
  private final TreeMap<Long, MemberRecord> waiting = new TreeMap<>();

  /// What it rules by.
  ///
  /// @param table which epochs have been given
  /// @param authority signs rulings
  record Desk(Admission table, Mandate authority) {}

  Bans(Papers papers, Rooms rooms, Intake intake, Optional<Desk> desk) {
    this.papers = papers;
    this.rooms = rooms;
    this.intake = intake;
    this.desk = desk;
  }

  void ban(Instant now, Input.Ban ban) {
    Optional<MemberRecord> member = judge(now, ban.ticket(), ban.guid());
    if (member.isEmpty()) {
      return;
    }
    boolean boot = member.get().contact().capabilities().contains(Contact.BOOT);
    if (ban.guid().equals(papers.guid())) {
      overrule(ban.ticket(), Why.BOOT_NODE, "a boot node cannot ban itself: stop it");
    } else if (boot && !ban.force()) {
      overrule(
          ban.ticket(),
          Why.BOOT_NODE,
          "GUID %s calls itself a boot node: if it has the authority's key, a ban takes its links"
                  .formatted(ban.guid())
              + " and not that key. Stop it, or force the ban");
    } else if (member.get().isRevoked()) {
      settle(ban.ticket(), member.get());
    } else {
      rule(now, ban.ticket(), member.get(), Status.REVOKED);
    }
  }

  void unban(Instant now, Input.Unban unban) {
    Optional<MemberRecord> member = judge(now, unban.ticket(), unban.guid());
    if (member.filter(Bans::isForGood).isPresent()) {
      overrule(
          unban.ticket(),
          Why.FINAL,
          "no epoch is left for GUID %s after its ban: it has to join with another key"
              .formatted(unban.guid()));
    } else if (member.isPresent() && member.get().isRevoked()) {
      rule(now, unban.ticket(), member.get(), Status.PARDONED);
    } else if (member.isPresent()) {
      overrule(unban.ticket(), Why.NOT_BANNED, "GUID " + unban.guid() + " is not banned");
    }
  }

  /// Whether there is no epoch beyond the ban.
  private static boolean isForGood(MemberRecord member) {
    return member.isRevoked() && member.certificate().epoch() == Integer.MAX_VALUE;
  }

  /// @return the member, if anything can be ruled about it
  private Optional<MemberRecord> judge(Instant now, long ticket, Guid guid) {
    Optional<MemberRecord> member = rooms.members().of(guid);
    if (desk.isEmpty()) {
      overrule(ticket, Why.NO_BOOT_NODE, "only boot nodes can ban and unban: ask one of them");
      return Optional.empty();
    }
    if (desk.get().authority().hasEnded(now)) {
      overrule(ticket, Why.NO_BOOT_NODE, "the delegation of this boot node has ended: renew it");
      return Optional.empty();
    }
    Optional<String> fault = rooms.writes().fault().or(this::crowd);
    if (fault.isPresent()) {
      overrule(ticket, Why.CANNOT_WRITE, fault.get());
      return Optional.empty();
    }
    if (member.isEmpty()) {
      overrule(ticket, Why.UNKNOWN, "no member with GUID " + guid + " is known here");
    }
    return member;
  }

  private Optional<String> crowd() {
    return waiting.size() < WAITING_MAX
        ? Optional.empty()
        : Optional.of("too many bans wait for the disk; try again");
  }

  private void rule(Instant now, long ticket, MemberRecord member, Status status) {
    Certificate certificate = desk.orElseThrow().table().overrule(now, member.certificate());
    MemberRecord ruling = sign(now, certificate, member.contact(), status);
    unannounced.put(member.guid(), ruling);
    waiting.put(ticket, ruling);
    intake.record(now, ruling);
  }

  private MemberRecord sign(Instant now, Certificate certificate, Contact said, Status status) {
    Contact contact =
        said.ruled(status == Status.REVOKED ? Contact.REVOCATION : now.getEpochSecond(), status);
    return RecordCodec.sign(certificate, contact, desk.orElseThrow().authority().signer());
  }

  /// A member that is banned already: the answer waits if that is being written.
  private void settle(long ticket, MemberRecord member) {
    if (member.equals(unannounced.get(member.guid()))) {
      waiting.put(ticket, member);
    } else {
      rooms.out().effects().answers().add(new Answer.Ruled(ticket, member));
    }
  }

  private void overrule(long ticket, Why why, String detail) {
    rooms.out().effects().answers().add(new Answer.Overruled(ticket, why, detail));
  }

  /// A record is durable. One that a later ruling has overtaken is announced no more.
  void persisted(Instant now, MemberRecord record) {
    if (unannounced.remove(record.guid(), record)) {
      rooms.out().hand(rooms.broadcast().originate(now, new Parcel.OfRecord(record)));
    }
    waiting.forEach((ticket, ruling) -> {
      if (ruling.equals(record)) {
        rooms.out().effects().answers().add(new Answer.Ruled(ticket, record));
      }
    });
    waiting.values().removeIf(record::equals);
  }

  /// The disk has refused what was being written. It is told of the rulings again when it is well.
  void failed(String reason) {
    waiting
        .keySet()
        .forEach(ticket ->
            overrule(
                ticket,
                Why.CANNOT_WRITE,
                reason + "; the ruling holds here, and for all once the disk is well"));
    waiting.clear();
  }
}
