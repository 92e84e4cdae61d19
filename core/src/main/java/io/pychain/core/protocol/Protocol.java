package io.pychain.core.protocol;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.admission.Admission;
import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.Terms;
import io.pychain.core.broadcast.Broadcast;
import io.pychain.core.broadcast.Parcel;
import io.pychain.core.coverage.Place;
import io.pychain.core.coverage.Surveys;
import io.pychain.core.failure.Lookout;
import io.pychain.core.limit.Quotas;
import io.pychain.core.link.Anchors;
import io.pychain.core.link.Dials;
import io.pychain.core.link.Faults;
import io.pychain.core.link.LinkId;
import io.pychain.core.link.Links;
import io.pychain.core.link.Slots;
import io.pychain.core.log.Logs;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NetworkId;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Sync;
import io.pychain.core.trust.Mandate;
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
  private final Calm calm = new Calm();
  private final Members members = new Members();
  private final Logs logs;
  private final Links links;
  private final Outlet out;
  private final Dials dials;
  private final Anchors anchors;
  private final Slots slots;
  private final Broadcast broadcast;
  private final Sync sync;
  private final Surveys surveys;
  private final Quotas quotas;
  private final Writes writes;
  private final Intake intake;
  private final Publisher publisher;
  private final Guests guests;
  private final Rounds rounds;
  private final Introduction introduction;
  private final Departure departure;
  private final Reception reception;
  private final Durability durability;
  private final Rooms rooms;
  private final Lookout lookout;
  private final Errands errands;
  private final Papers papers;
  private final Standing standing;
  private final Rotation rotation;
  private final Forks forks;
  private final Licence licence;
  private final Exile exile;
  private final Bans bans;
  private final Expirations expirations;
  private final Governance governance;
  private Instant now = Instant.EPOCH;
  private Instant due = Instant.EPOCH;

  /// Starts from what the store held. The first [#deadline] is due at once.
  ///
  /// @param random all luck of the protocol: jitter and choice of peers
  public Protocol(Identity identity, ProtocolConfig config, Stored stored, RandomGenerator random) {
    papers = new Papers(identity);
    self = papers.guid();
    logs = new Logs(config.pendingBytesMax());
    links = new Links(self, config.links());
    out = new Outlet(links, counters);
    Fingers fingers = new Fingers(config.base(), members.ring());
    broadcast = new Broadcast(self, config.base(), members.ring(), links::heard);
    Faults faults = new Faults(links);
    anchors = new Anchors(stored.anchors(), links, members.ring()::contains);
    var sight =
        new Dials.Sight(fingers, links, faults, anchors, broadcast::isSilent, members::addressed);
    dials = new Dials(self, sight, config.links(), random);
    slots = new Slots(links, guid -> dials.isUnasked(now, guid));
    quotas = new Quotas();
    writes = new Writes(out, stored, config.unpersistedBytesMax());
    var place =
        new Sync.Self(self, stored.storeId(), stored.lastWrite(), peer -> dials.isDrawn(now, peer));
    sync = new Sync(config.sync(), place, new Holdings(members, logs, quotas, writes), random);
    surveys = new Surveys(new Place(self, fingers, links::isUp, logs::hasDurable), out);
    lookout = new Lookout(self, new Lookout.Sight(members, links, out), config.failure(), random);
    rooms =
        new Rooms(
            members, logs, links, dials, faults, anchors, slots, lookout, broadcast, sync, surveys,
            quotas, writes, counters, calm, out);
    publisher =
        new Publisher(
            identity, config, new Publisher.Ground(logs, writes, quotas, broadcast::keepsUp, out));
    forks = new Forks(rooms, publisher);
    Optional<Admission> table = admission(identity, config.admission(), stored);
    boolean lost = stored.allocations().isEmpty() && !stored.records().isEmpty();
    licence = new Licence(papers, rooms, table, lost);
    Exclusion exclusion = new Exclusion(self, rooms);
    expirations = new Expirations(rooms, identity, config.admission().certificates());
    intake = new Intake(rooms, new Intake.Parties(forks, licence, exclusion, expirations));
    exile = new Exile(self, members);
    bans = new Bans(papers, rooms, intake, table.map(known -> desk(known, identity)));
    var desk = new Guests.Desk(table, licence::refusal, config.admission());
    guests = new Guests(desk, papers, writes, out);
    rounds = new Rounds(sync, counters, out);
    departure = new Departure(papers, publisher, broadcast, out);
    BootNodes bootNodes = new BootNodes(papers, rooms);
    Renewal renewal = new Renewal(papers, bootNodes, guests);
    Extension extension = new Extension(papers, bootNodes, guests, random);
    rotation =
        new Rotation(
            papers, rooms, bootNodes, guests, identity.authority().flatMap(Mandate::delegation));
    standing =
        new Standing(
            papers,
            identity.fresh(),
            new Standing.Parts(rooms, intake, publisher, renewal, extension, rotation));
    governance =
        new Governance(rooms, certifier(identity, config.admission()), stored.parameters());
    reception =
        new Reception(
            rooms,
            new Reception.Parties(
                intake, guests, standing, forks, exclusion, expirations, governance));
    durability =
        new Durability(
            papers.record(),
            rooms,
            new Durability.Parties(
                publisher, guests, departure, standing, forks, bans, governance));
    errands = new Errands(papers, rooms, intake, publisher);
    rooms.restore(stored);
    stored.records().forEach(expirations::learn);
    introduction =
        new Introduction(papers.record(), members.of(self), logs.durable(publisher.log()) == 0);
  }

  private static Bans.Desk desk(Admission table, Identity identity) {
    return new Bans.Desk(table, identity.authority().orElseThrow());
  }

  private static Optional<Admission> admission(
      Identity identity, AdmissionConfig config, Stored stored) {
    return certifier(identity, config)
        .map(certifier -> {
          Admission table = new Admission(certifier, stored.allocations());
          table.learn(identity.record().certificate());
          stored.records().forEach(member -> table.learn(member.certificate()));
          return table;
        });
  }

  private static Optional<Certifier> certifier(Identity identity, AdmissionConfig config) {
    NetworkId network = identity.record().certificate().network();
    return identity
        .authority()
        .map(mandate -> new Certifier(network, mandate, config.certificates()));
  }

  /// Takes one input and says what must happen outside.
  ///
  /// @param time never earlier than in the call before
  public Effects handle(Instant time, Input input) {
    boolean first = now.equals(Instant.EPOCH);
    now = time;
    if (first) {
      anchors.begin(now);
      intake.record(now, papers.record());
    } else {
      lookout.calledAt(now, due);
    }
    switch (input) {
      case Input.Publish publish -> publisher.publish(now, publish);
      case Input.SyncNow(long ticket) -> rounds.begin(now, ticket, links.size());
      case Input.Leave(long ticket) -> departure.begin(now, ticket);
      case Input.Ban ban -> bans.ban(now, ban);
      case Input.Unban unban -> bans.unban(now, unban);
      case Input.Rotate rotate -> rotation.begin(now, rotate);
      case Input.LayDown order -> governance.layDown(now, order);
      case Input.Survey survey -> survey(survey);
      case Input.Persisted(long write) -> durability.persisted(now, write);
      case Input.PersistFailed(String reason) -> durability.failed(now, reason);
      case Input.LinkUp up -> reception.linkUp(now, up);
      case Input.GuestUp guest -> guests.up(guest);
      case Input.LinkDown(LinkId link, String _) -> reception.linkDown(now, link);
      case Input.DialFailed failure -> reception.dialFailed(now, failure);
      case Input.Unsent unsent -> reception.unsent(now, unsent);
      case Input.Received(LinkId link, Frame frame) -> reception.received(now, link, frame);
      case Input.Misdeed misdeed -> reception.misdeed(now, misdeed);
      case Input.Found found -> forks.found(now, found);
      case Input.UnknownOrigin unknown -> reception.unknownOrigin(now, unknown);
      case Input.Wake() -> reception.onWake(now);
    }
    if (calm.outlasts(now, input)) {
      common();
    } else {
      calm.end();
      onTime();
      Instant others = nextDeadline();
      calm.begin(isSettled() ? others : Instant.EPOCH);
      due = earlier(others, commonDeadline());
    }
    return out.drain();
  }

  private void survey(Input.Survey survey) {
    LogHead wanted = new LogHead(survey.message().log(), survey.message().seq());
    if (logs.hasDurable(wanted)) {
      surveys.begin(now, survey.ticket(), wanted, survey.patience());
    } else {
      out.effects().answers().add(new Answer.NotHeld(survey.ticket()));
    }
  }

  /// What is due in the rooms that every input concerns.
  private void common() {
    links.acknowledge(now, out);
    reception.onTime(now);
    syncOnTime();
    due = earlier(calm.until(), commonDeadline());
  }

  private void syncOnTime() {
    if (!sync.deadline().isAfter(now)) {
      sync.onTime(now, out::send);
    }
  }

  private Instant commonDeadline() {
    return earlier(links.acknowledgeAt(), earlier(reception.deadline(), sync.deadline()));
  }

  /// Whether no other room acts on what those do.
  private boolean isSettled() {
    return !introduction.isOpen()
        && !departure.isUnderWay()
        && rounds.isSettled()
        && standing.isSettled()
        && licence.isSettled()
        && forks.isSettled()
        && publisher.isSettled()
        && surveys.size() == 0;
  }

  private void onTime() {
    writes.onTime(now);
    boolean looked = links.onTime(now, guid -> dials.isUnneeded(now, guid), out);
    slots.onTime(now, out);
    anchors.onTime(now, guid -> dials.isUnasked(now, guid)).ifPresent(writes::anchors);
    if (takesPart()) {
      errands.run(now, lookout.onTime(now, looked, !introduction.isOpen()));
    }
    reception.onTime(now);
    dueDials().forEach(rooms::dial);
    syncOnTime();
    introduce();
    depart();
    rounds.settle(now);
    forks.onTime();
    licence.onTime(now);
    standing.onTime(now);
    expirations.onTime(now);
    publisher.onTime(now);
    if (!quotas.hasBegun() && sync.completed() > 0 && !sync.isBusy()) {
      quotas.begin();
    }
    surveys.onTime(now);
  }

  private List<Guid> dueDials() {
    if (departure.isUnderWay()) {
      return List.of();
    }
    if (standing.isOut()) {
      return exile.due(now);
    }
    exile.end();
    return dials.due(now);
  }

  /// Whether this node is neither about to leave nor banned.
  private boolean takesPart() {
    return !departure.isUnderWay() && !standing.isOut();
  }

  private void introduce() {
    if (!introduction.isOpen() || standing.isOut()) {
      return;
    }
    if (sync.completed() > 0 || members.size() == 1) {
      introduction.informed(now);
    }
    boolean settled = sync.knowsRecords() && dials.areSettled();
    if (introduction.isDue(now, settled)) {
      out.hand(broadcast.originate(now, new Parcel.OfRecord(papers.record())));
      introduction.event().ifPresent(event -> publisher.publish(now, event));
    }
  }

  private void depart() {
    if (departure.isFarewellDue(now)) {
      introduction.cancel();
      publisher.publish(now, SystemEvent.PEER_LEAVING.about(papers.record()));
      intake.record(now, departure.farewell(now));
    }
    departure.onTime(now);
  }

  /// When [Input.Wake] is wanted at the latest; changes only by [#handle].
  public Instant deadline() {
    return due;
  }

  /// When one of the rooms has something to do that not every input concerns.
  private Instant nextDeadline() {
    Instant next = earlier(writes.deadline(), links.watchAt());
    next = earlier(next, earlier(slots.deadline(), anchors.deadline()));
    next = earlier(next, departure.isUnderWay() ? Instant.MAX : exile.deadline());
    if (takesPart()) {
      next = earlier(next, earlier(dials.deadline(), lookout.deadline()));
    }
    next = earlier(next, standing.isOut() ? Instant.MAX : introduction.deadline());
    next = earlier(next, departure.deadline());
    next = earlier(next, rounds.deadline());
    next = earlier(next, standing.deadline());
    next = earlier(next, licence.deadline());
    next = earlier(next, expirations.deadline());
    next = earlier(next, publisher.deadline());
    next = earlier(next, surveys.deadline());
    return earlier(next, now.plus(IDLE_MAX));
  }

  /// A picture of the state at this moment. Costs time in proportion to members and logs.
  public NodeView view() {
    MemberRecord own = standing.ownRecord();
    return new Views(rooms, publisher, governance).view(now, own);
  }

  /// What waits inside at this moment.
  public NodeView.Queues queues() {
    return new Views(rooms, publisher, governance).queues();
  }

  /// On what terms newcomers are admitted now; empty if this node is no boot node. Changes only by
  /// [#handle].
  public Optional<Terms> terms() {
    return guests.terms();
  }

  /// Whether this node holds a member for dead.
  public boolean holdsDead(Guid guid) {
    return members.isDead(guid);
  }

  /// Whether this node knows that a member is banned.
  public boolean holdsBanned(Guid guid) {
    return members.isRevoked(guid);
  }

  /// One hash over all that is durable here and spoken of: the same at nodes that agree.
  public long print() {
    return sync.print();
  }

  /// Whether this node counts a member as one of those who take part.
  public boolean counts(Guid guid) {
    return members.takesPart(guid) && !members.isDead(guid);
  }

  /// How many members this node holds for dead.
  public int deaths() {
    return members.deaths();
  }
}
