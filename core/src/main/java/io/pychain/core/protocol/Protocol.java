package io.pychain.core.protocol;

import io.pychain.core.admission.Admission;
import io.pychain.core.broadcast.Broadcast;
import io.pychain.core.broadcast.Handoff;
import io.pychain.core.broadcast.Parcel;
import io.pychain.core.log.Logs;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Held;
import io.pychain.core.sync.Sync;
import io.pychain.core.sync.SyncConfig;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.RecordCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The whole protocol of one node as a state machine without side effects.
///
/// One thread calls [#handle]; nothing here waits, reads a clock or touches the world. This class
/// only routes: what a thing means is decided in the room it is routed to.
public final class Protocol {
  /// Longest time between two calls of [#handle].
  static final Duration IDLE_MAX = Duration.ofMinutes(1);

  private final Guid self;
  private final Counters counters = new Counters();
  private final Members members = new Members();
  private final Logs logs;
  private final Links links;
  private final Outlet out;
  private final Dials dials;
  private final Broadcast broadcast;
  private final Sync sync;
  private final Writes writes;
  private final Intake intake;
  private final Publisher publisher;
  private final Guests guests;
  private final Rounds rounds;
  private final Introduction introduction;
  private final Departure departure;
  private final MemberRecord record;
  private Instant now = Instant.EPOCH;

  /// Starts from what the store held. The first [#deadline] is due at once.
  ///
  /// @param random all luck of the protocol: jitter and choice of peers
  public Protocol(Identity identity, ProtocolConfig config, Stored stored, RandomGenerator random) {
    record = identity.record();
    self = record.guid();
    logs = new Logs(config.pendingBytesMax());
    links = new Links(self, config.pingInterval(), config.silence());
    out = new Outlet(links, counters);
    Fingers fingers = new Fingers(config.base(), members.ring());
    dials = new Dials(self, fingers, config, random);
    broadcast = new Broadcast(self, fingers, links::isUp);
    sync = newSync(config, stored, random);
    writes = new Writes(out, stored, config.unpersistedBytesMax());
    var rooms = new Intake.Rooms(members, logs, broadcast, sync, dials);
    intake = new Intake(rooms, writes, counters, out);
    publisher = new Publisher(identity, config, logs, writes, out);
    guests = new Guests(admission(identity, stored), record, writes, out);
    rounds = new Rounds(sync, counters, out);
    departure = new Departure(identity, publisher, broadcast, out);
    restore(stored);
    introduction = new Introduction(record, members.of(self), logs.durable(publisher.log()) == 0);
  }

  private Sync newSync(ProtocolConfig config, Stored stored, RandomGenerator random) {
    SyncConfig delays =
        new SyncConfig(
            config.syncInterval(),
            config.syncJitter(),
            config.headsInterval(),
            config.fetchGrace(),
            config.fetchTimeout());
    var place = new Sync.Self(self, stored.storeId(), stored.lastWrite());
    return new Sync(delays, place, new Holdings(), random);
  }

  private static Optional<Admission> admission(Identity identity, Stored stored) {
    return identity
        .authority()
        .map(authority -> {
          Admission table = new Admission(certifier(identity, authority), stored.allocations());
          table.reserve(identity.record().guid());
          stored.records().forEach(member -> table.reserve(member.guid()));
          return table;
        });
  }

  private static Admission.Authority certifier(Identity identity, Signer authority) {
    var network = identity.record().certificate().network();
    return (guid, key, issued) ->
        RecordCodec.certify(new RecordCodec.Grant(network, guid, 1, key, issued), authority);
  }

  private void restore(Stored stored) {
    stored.records().forEach(members::offer);
    stored.logs().forEach(end -> logs.restore(end.log(), end.seq(), end.hash()));
    sync.held(logs.durable(), members.all().stream().map(Intake::headOf).toList());
  }

  /// What network sync needs to know of the other rooms.
  private final class Holdings implements Held {
    @Override
    public List<LogHead> durable(Guid guid) {
      return logs.durable(guid);
    }

    @Override
    public Optional<RecordHead> record(Guid guid) {
      return members.of(guid).map(Intake::headOf);
    }

    @Override
    public long taken(LogId log) {
      return logs.taken(log);
    }

    @Override
    public long gapEnd(LogId log) {
      return logs.gapEnd(log);
    }

    @Override
    public boolean hasRoom() {
      return writes.hasRoom();
    }
  }

  /// Takes one input and says what must happen outside.
  ///
  /// @param time never earlier than in the call before
  public Effects handle(Instant time, Input input) {
    boolean first = now.equals(Instant.EPOCH);
    now = time;
    if (first) {
      intake.record(now, record);
    }
    switch (input) {
      case Input.Publish publish -> publisher.publish(now, publish);
      case Input.SyncNow(long ticket) -> rounds.begin(now, ticket, links.size());
      case Input.Leave(long ticket) -> departure.begin(now, ticket);
      case Input.Persisted(long write) -> persisted(write);
      case Input.PersistFailed(String reason) -> persistFailed(reason);
      case Input.LinkUp up -> linkUp(up);
      case Input.GuestUp(LinkId link, NodeKey key, String _) -> guests.up(link, key);
      case Input.LinkDown(LinkId link, String _) -> linkDown(link);
      case Input.DialFailed(Guid guid, String _) -> dials.failed(now, guid, links.isUp(guid));
      case Input.Received(LinkId link, Frame frame) -> received(link, frame);
      case Input.UnknownOrigin(LinkId link, LogId log) ->
          links.guidOf(link).ifPresent(peer -> sync.stranger(now, peer, log.guid(), out::send));
      case Input.Wake() -> {}
    }
    onTime();
    return out.drain();
  }

  private void persisted(long write) {
    boolean wasDown = writes.fault().isPresent();
    for (Persist durable : writes.persisted(write)) {
      switch (durable) {
        case Persist.StoreBatch(long arrival, Delivery delivery) -> delivered(arrival, delivery);
        case Persist.StoreRecord(long arrival, MemberRecord member) -> {
          sync.recordStored(now, arrival, member.guid());
          announceFarewell(member);
        }
        case Persist.StoreAllocation(long arrival, var certificate) -> {
          sync.skipped(arrival);
          guests.persisted(certificate);
        }
        case Persist.Probe(long arrival) -> {
          sync.skipped(arrival);
          writes.recovered();
        }
      }
    }
    if (wasDown && writes.fault().isEmpty()) {
      sync.compareAll(now, out::send);
    }
  }

  /// The own last word leaves only once it is durable: a restart must number the next one higher.
  private void announceFarewell(MemberRecord member) {
    if (member.guid().equals(self) && member.contact().status() == Contact.Status.LEFT) {
      hand(broadcast.originate(new Parcel.OfRecord(member)));
      departure.announced();
    }
  }

  private void delivered(long arrival, Delivery delivery) {
    Batch batch = delivery.batch();
    long before = logs.durable(batch.log());
    logs.persisted(batch);
    LogHead head = new LogHead(batch.log(), batch.lastSeq());
    sync.logGrew(now, arrival, head, before, delivery.via() == Via.SYNC);
    counters.delivered(delivery);
    out.effects().deliver().add(delivery);
    if (delivery.via() == Via.LOCAL) {
      counters.published += batch.messages().size();
      hand(broadcast.originate(new Parcel.OfBatch(batch)));
      publisher.persisted(now, batch);
    }
  }

  private void hand(List<Handoff> handoffs) {
    handoffs.forEach(handoff -> out.send(handoff.to(), handoff.frame()));
  }

  private void persistFailed(String reason) {
    logs.forgetWhatIsNotDurable();
    writes.failed(now, reason);
    publisher.failed(reason);
    guests.failed(reason);
  }

  private void linkUp(Input.LinkUp up) {
    Guid peer = up.record().guid();
    intake.record(now, up.record());
    dials.linked(now, peer, up.dialled());
    Links.Raised raised = links.raise(now, up.link(), peer, up.dialled());
    raised.closed().ifPresent(link -> out.drop(link, Frame.Reason.REDUNDANT, "one link is enough"));
    if (raised.kept()) {
      raised.closed().ifPresent(_ -> peerDown(peer));
      sync.peerUp(now, peer, up.storeId(), out::send);
    }
  }

  private void linkDown(LinkId id) {
    guests.down(id);
    links
        .lower(id)
        .ifPresent(link -> {
          dials.unlinked(now, link);
          peerDown(link.guid);
        });
  }

  private void peerDown(Guid peer) {
    List<Handoff> handoffs = broadcast.linkDown(peer);
    counters.handedOver += handoffs.size();
    hand(handoffs);
    sync.peerDown(now, peer, out::send);
  }

  private void received(LinkId link, Frame frame) {
    if (guests.contains(link)) {
      guests.received(now, link, frame, members.all());
      return;
    }
    links.heard(now, link);
    links.guidOf(link).ifPresent(peer -> received(link, peer, frame));
  }

  private void received(LinkId link, Guid peer, Frame frame) {
    switch (frame) {
      case Frame.Push push -> {
        links.tookHandoff(now, link, out);
        intake.push(now, peer, push);
      }
      case Frame.Announce announce -> {
        links.tookHandoff(now, link, out);
        intake.announce(now, announce);
      }
      case Frame.Ack(long taken) -> broadcast.taken(peer, taken);
      case Frame.Ping(long nonce) -> out.send(link, new Frame.Pong(nonce));
      case Frame.Pong _ -> links.pong(now, link);
      case Frame.SyncRequest request -> sync.requested(peer, request, out::send);
      case Frame.Summary summary -> sync.summary(now, peer, summary, out::send);
      case Frame.Heads heads -> sync.heads(now, peer, heads, out::send);
      case Frame.Probe probe -> sync.probed(peer, probe, out::send);
      case Frame.Hashes hashes -> sync.hashes(now, peer, hashes, out::send);
      case Frame.Fetch fetch -> out.effects().serve().add(new Effects.Serve(link, fetch));
      case Frame.Batches batches -> intake.batches(now, peer, batches);
      case Frame.RecordsWanted(List<Guid> guids) -> sendRecords(link, guids);
      case Frame.Records(List<MemberRecord> records) ->
          records.forEach(member -> intake.record(now, member));
      case Frame.Hello _, Frame.Join _, Frame.Admitted _, Frame.Goodbye _ ->
          out.drop(link, Frame.Reason.MALFORMED, "not between members that are linked");
    }
  }

  private void sendRecords(LinkId link, List<Guid> guids) {
    List<MemberRecord> held = guids.stream().map(members::of).flatMap(Optional::stream).toList();
    if (!held.isEmpty()) {
      out.send(link, new Frame.Records(held));
    }
  }

  private void onTime() {
    writes.onTime(now);
    links.onTime(now, dials::isUnneeded, out);
    for (Guid guid : dueDials()) {
      dial(guid);
    }
    if (!sync.deadline().isAfter(now)) {
      sync.onTime(now, out::send);
    }
    introduce();
    depart();
    rounds.settle(now);
  }

  private List<Guid> dueDials() {
    return departure.isUnderWay() ? List.of() : dials.due(now, links, members);
  }

  private void dial(Guid guid) {
    Contact contact = members.of(guid).orElseThrow().contact();
    out.effects().dial().add(new Effects.Dial(guid, contact.addresses()));
  }

  private void introduce() {
    if (!introduction.isOpen()) {
      return;
    }
    if (sync.completed() > 0 || members.size() == 1) {
      introduction.informed(now);
    }
    boolean settled = sync.knowsRecords() && dials.areSettled(links);
    if (introduction.isDue(now, settled)) {
      hand(broadcast.originate(new Parcel.OfRecord(record)));
      introduction.event().ifPresent(event -> publisher.publish(now, event));
    }
  }

  private void depart() {
    if (departure.isFarewellDue(now)) {
      introduction.cancel();
      publisher.publish(now, SystemEvent.PEER_LEAVING.about(record));
      intake.record(now, departure.farewell(now));
    }
    departure.onTime(now);
  }

  /// When [Input.Wake] is wanted at the latest; changes only by [#handle].
  public Instant deadline() {
    Instant next = now.plus(IDLE_MAX);
    for (Instant due :
        List.of(
            writes.deadline(),
            links.deadline(),
            departure.isUnderWay() ? Instant.MAX : dials.deadline(),
            sync.deadline(),
            introduction.deadline(),
            departure.deadline(),
            rounds.deadline())) {
      next = due.isBefore(next) ? due : next;
    }
    return next;
  }

  /// A picture of the state at this moment. Costs time in proportion to members and logs.
  public NodeView view() {
    MemberRecord own = members.of(self).orElse(record);
    return new Views(members, logs, links, dials).view(own, writes, sync, counters);
  }
}
