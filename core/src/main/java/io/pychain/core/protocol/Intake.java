package io.pychain.core.protocol;

import io.pychain.core.broadcast.Broadcast;
import io.pychain.core.broadcast.Parcel;
import io.pychain.core.failure.Lookout;
import io.pychain.core.limit.Quotas;
import io.pychain.core.link.Dials;
import io.pychain.core.link.Fault;
import io.pychain.core.link.Faults;
import io.pychain.core.link.Links;
import io.pychain.core.log.Entry;
import io.pychain.core.log.Logs;
import io.pychain.core.log.Offer;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Sync;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where batches and records of others come in: what is new is taken and handed to the disk, and
/// what was handed on by broadcast is handed on at once, before it is durable here, since its
/// origin has it. A node that cannot write hands on all the same.
final class Intake {
  private static final String FLOODING =
      "you publish far more than any one member of this network may; keep to its parameters";

  private final Members members;
  private final Logs logs;
  private final Broadcast broadcast;
  private final Sync sync;
  private final Dials dials;
  private final Lookout lookout;
  private final Links links;
  private final Faults faults;
  private final Quotas quotas;
  private final Writes writes;
  private final Counters counters;
  private final Calm calm;
  private final Outlet out;
  private final Forks forks;
  private final Licence licence;
  private final Exclusion exclusion;
  private final Expirations expirations;

  /// Who else is told of what came.
  record Parties(Forks forks, Licence licence, Exclusion exclusion, Expirations expirations) {}

  Intake(Rooms rooms, Parties parties) {
    this.forks = parties.forks();
    this.licence = parties.licence();
    this.exclusion = parties.exclusion();
    this.expirations = parties.expirations();
    this.members = rooms.members();
    this.logs = rooms.logs();
    this.broadcast = rooms.broadcast();
    this.sync = rooms.sync();
    this.dials = rooms.dials();
    this.lookout = rooms.lookout();
    this.links = rooms.links();
    this.faults = rooms.faults();
    this.quotas = rooms.quotas();
    this.writes = rooms.writes();
    this.counters = rooms.counters();
    this.calm = rooms.calm();
    this.out = rooms.out();
  }

  void push(Instant now, Guid from, Frame.Push push) {
    boolean sound = take(now, from, new Entry(push.batch(), push.hops(), false));
    if (sound) {
      out.hand(broadcast.carry(now, push));
    }
  }

  void announce(Instant now, Frame.Announce announce) {
    Parcel parcel = new Parcel.OfRecord(announce.record());
    Members.Outcome outcome = record(now, announce.record());
    if (outcome != Members.Outcome.CONFLICT && broadcast.isRecent(parcel)) {
      out.hand(broadcast.carry(now, announce));
    }
  }

  /// Takes a part of an answer to a fetch.
  void batches(Instant now, Guid from, Frame.Batches batches) {
    for (Batch batch : batches.batches()) {
      boolean asked = !quotas.isLimited() || sync.isAsked(from, batches.id(), batch);
      take(now, from, new Entry(batch, 1, asked));
    }
    List<LogHead> floors = sync.answered(now, from, batches, out::send);
    if (writes.hasRoom()) {
      floors.forEach(floor -> store(now, logs.startAt(floor.log(), floor.seq())));
    }
  }

  /// @return whether the batch fits its log, as far as can be told, and may be handed on
  private boolean take(Instant now, Guid from, Entry entry) {
    Batch batch = entry.batch();
    if (!covered(batch.log())) {
      sync.gap(now, from, new LogHead(batch.log(), batch.lastSeq()));
      return false;
    }
    if (logs.isForked(batch.log()) || members.isRevoked(batch.log().guid())) {
      return false;
    }
    if (batch.lastSeq() <= logs.taken(batch.log()) || logs.isWaiting(batch)) {
      return again(now, batch);
    }
    if (!isWithinLimit(now, from, entry)) {
      sync.gap(now, from, new LogHead(batch.log(), batch.lastSeq()));
      return false;
    }
    if (!writes.hasRoom()) {
      return missing(now, from, new Range(batch.log(), batch.firstSeq(), batch.lastSeq()));
    }
    return switch (logs.offer(entry)) {
      case Offer.Accepted(List<Entry> entries, Optional<Batch> misfit) -> {
        store(now, entries);
        sync.logTaken(batch.log());
        Optional<Batch> last = Optional.of(entries.getLast().batch());
        misfit.ifPresent(other -> forks.suspect(now, other, last));
        yield true;
      }
      case Offer.Duplicate() -> again(now, batch);
      case Offer.Waiting(Range gap) -> missing(now, from, gap);
      case Offer.Full(Range gap) -> missing(now, from, gap);
      case Offer.Forked(Optional<Batch> waiting) -> {
        forks.suspect(now, batch, waiting);
        yield false;
      }
    };
  }

  /// What was asked for is taken whatever it comes to: no more is asked for than may come.
  private boolean isWithinLimit(Instant now, Guid from, Entry entry) {
    Batch batch = entry.batch();
    Guid origin = batch.log().guid();
    if (entry.fetched()) {
      quotas.fetched(now, origin, batch.messages());
      return true;
    }
    if (quotas.pushed(now, from, origin, batch.messages())) {
      return true;
    }
    calm.disturb();
    counters.limited += batch.messages().size();
    if (from.equals(origin) && quotas.catchFlooding(now, origin)) {
      cutOff(now, origin);
    }
    return false;
  }

  /// One that speaks version 1 only does not know of limits.
  private void cutOff(Instant now, Guid origin) {
    links
        .idOf(origin)
        .filter(link -> links.speaks(link, Parameters.VERSION))
        .ifPresent(link -> {
          faults.committed(now, origin, Fault.FLOOD);
          out.drop(link, Frame.Reason.INVALID, FLOODING);
        });
  }

  private boolean again(Instant now, Batch batch) {
    boolean atTheEnd = batch.lastSeq() == logs.taken(batch.log()) && logs.knowsEnd(batch.log());
    if (atTheEnd && !batch.hash().equals(logs.takenHash(batch.log()))) {
      forks.suspect(now, batch, Optional.empty());
      return false;
    }
    counters.batchesDuplicate++;
    sync.cameTwice();
    return broadcast.isRecent(new Parcel.OfBatch(batch));
  }

  /// Whether the origin may publish in this epoch. Else it could begin any number of logs.
  private boolean covered(LogId log) {
    Optional<MemberRecord> origin = members.of(log.guid());
    return origin.isPresent() && log.epoch() <= origin.get().certificate().epoch();
  }

  private boolean missing(Instant now, Guid from, Range gap) {
    calm.disturb();
    sync.gap(now, from, new LogHead(gap.log(), gap.until()));
    return true;
  }

  private void store(Instant now, List<Entry> entries) {
    for (Entry entry : entries) {
      counters.batchesNew++;
      counters.batchesFetched += entry.fetched() ? 1 : 0;
      sync.cameOnce(now, entry.fetched());
      broadcast.arrived(new Parcel.OfBatch(entry.batch()));
      writes.batch(now, entry.batch(), entry.hops(), entry.fetched() ? Via.SYNC : Via.PUSH);
    }
  }

  /// Takes a verified record, wherever it came from.
  Members.Outcome record(Instant now, MemberRecord record) {
    Optional<MemberRecord> held = members.of(record.guid());
    Optional<RecordHead> before = held.map(Intake::headOf);
    Members.Outcome outcome = members.offer(record);
    if (outcome == Members.Outcome.NEW || outcome == Members.Outcome.NEWER) {
      calm.disturb();
      counters.recordsTaken++;
      broadcast.arrived(new Parcel.OfRecord(record));
      sync.recordTaken(now, record.guid());
      writes.record(record, before);
      lookout.renewed(record.guid());
      dials.ringChanged(now);
      licence.learn(record.certificate());
      if (record.isRevoked()) {
        exclusion.begin(record);
      } else if (held.stream().anyMatch(former -> isSucceeded(former, record))) {
        exclusion.succeed(record);
      }
      expirations.learn(record);
    }
    return outcome;
  }

  static boolean isSucceeded(MemberRecord former, MemberRecord heir) {
    return heir.certificate().keys().hasRetired(former.key());
  }

  static RecordHead headOf(MemberRecord record) {
    return new RecordHead(record.guid(), record.certificate().epoch(), record.number());
  }
}
