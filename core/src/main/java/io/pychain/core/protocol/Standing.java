package io.pychain.core.protocol;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.broadcast.Parcel;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether this node knows how far its own log goes, and so may publish.
///
/// A disk cannot tell whether it is an old copy of itself. Who published from an old copy would use
/// numbers a second time, for other words: a fork, after which nobody believes it any more. But
/// what was published is at the others, so they are asked before the first word of every run:
///
/// ```
///            compared, and nothing is known beyond the own end
///   UNSURE ─────────────────────────────────────────────────────► SURE
///    │  ▲    what peers hold of the own log beyond that is           │
///    │  │    fetched as any log is, and gone on after                │ a fork of the
///    │  └─────────────────────────────────────────┐                  │ own log shows up
///    │ the end is known to exist, and             │ a certificate    ▼
///    └ nobody can send it ──────────────────────► LOST ◄─────────────┘
///                                                   asks a boot node for the next epoch,
///                                                   whose log is empty
/// ```
///
/// Who is banned has no standing at all, until there is a certificate beyond the ban: with that it
/// is UNSURE like anybody who begins.
///
/// A node whose GUID was allocated at this very start has never published, and is SURE; so is one
/// that knows of no other member. What is published meanwhile waits in [Publisher], for so long.
final class Standing {
  /// Longest wait after the first comparison with a peer for the links and comparisons that are
  /// wanted beside it. More peers find more; waiting for one that is dead finds nothing.
  static final Duration SETTLING = Duration.ofSeconds(2);

  /// How long an end that was told of, and that nobody sends, is looked for once more before the
  /// log is given up for lost.
  static final Duration SEARCH = Duration.ofSeconds(3);

  /// Pause between two own records that answer to a later one of an unknown run: two machines with
  /// one key would answer each other for ever.
  static final Duration OUTDO_PAUSE = Duration.ofSeconds(1);

  private static final String UNSURE =
      "this node has yet to learn from a peer how far its own log goes, and none has told";

  private static final String BANNED =
      "this node is banned from the network; whoever runs a boot node can lift that by pychain"
          + " unban";

  private static final String SUCCEEDED =
      "the key of this node has been replaced by another one: put the newer node-key into"
          + " STORAGE_DIR";

  private enum Stage {
    UNSURE,
    SURE,
    LOST,
    BANNED
  }

  private final Papers papers;
  private final Rooms rooms;
  private final Intake intake;
  private final Publisher publisher;
  private final Renewal renewal;
  private final Extension extension;
  private final Rotation rotation;
  private Stage stage = Stage.UNSURE;
  private long comparedBefore;
  private long told;
  private Instant wakeAt = Instant.MAX;
  private Instant latest = Instant.MAX;
  private Instant searchUntil = Instant.MAX;
  private Instant outdoAt = Instant.EPOCH;

  /// What it decides about and works with.
  record Parts(
      Rooms rooms,
      Intake intake,
      Publisher publisher,
      Renewal renewal,
      Extension extension,
      Rotation rotation) {}

  /// @param fresh whether the GUID was allocated at this very start
  Standing(Papers papers, boolean fresh, Parts parts) {
    this.papers = papers;
    this.rooms = parts.rooms();
    this.intake = parts.intake();
    this.publisher = parts.publisher();
    this.renewal = parts.renewal();
    this.extension = parts.extension();
    this.rotation = parts.rotation();
    if (fresh) {
      stage = Stage.SURE;
    } else {
      publisher.hold(UNSURE);
    }
  }

  /// A peer has told how far it holds these logs.
  void told(List<LogHead> heads) {
    if (stage == Stage.UNSURE) {
      LogId own = papers.log();
      for (LogHead head : heads) {
        told = head.log().equals(own) ? Math.max(told, head.seq()) : told;
      }
    }
  }

  /// A certificate for this node has come.
  void admitted(Certificate certificate) {
    if (rotation.admitted(certificate)) {
      return;
    }
    boolean mine =
        certificate.guid().equals(papers.guid())
            && certificate.key().equals(papers.certificate().key());
    if (mine && certificate.replaces(papers.certificate())) {
      rooms.writes().certificate(certificate);
    }
  }

  /// A certificate of this node is durable: from now on it speaks by that one, in a log that it has
  /// to know the end of like any other. One that only ends later changes nothing else.
  void certified(Instant now, Certificate certificate) {
    if (rotation.certified(certificate)
        || !certificate.replaces(papers.certificate())
        || isBannedUpTo(certificate)) {
      return;
    }
    boolean newLog = certificate.epoch() > papers.certificate().epoch();
    show(now, papers.moveTo(now, certificate, numberIn(certificate.epoch())));
    if (newLog) {
      publisher.moveTo(papers.log());
      renewal.end();
      doubt(now);
    }
  }

  /// A pardon has a number in the epoch that it gives.
  private long numberIn(int epoch) {
    return rooms
        .members()
        .of(papers.guid())
        .filter(held -> held.certificate().epoch() == epoch)
        .map(MemberRecord::number)
        .orElse(0L);
  }

  private boolean isBannedUpTo(Certificate certificate) {
    return ban().filter(held -> held.certificate().epoch() >= certificate.epoch()).isPresent();
  }

  private Optional<MemberRecord> ban() {
    return rooms.members().of(papers.guid()).filter(MemberRecord::isRevoked);
  }

  /// Whether this node knows that it is banned: it takes no part until it has a later certificate.
  /// Nor does one whose key has been replaced, ever: it runs from an old copy of its folder.
  boolean isOut() {
    return ban().isPresent() || isSucceeded();
  }

  /// The record of this node as others have to see it: never one of a key that it does not have.
  MemberRecord ownRecord() {
    return rooms
        .members()
        .of(papers.guid())
        .filter(held -> held.key().equals(papers.certificate().key()))
        .orElse(papers.record());
  }

  private boolean isSucceeded() {
    return rooms
        .members()
        .of(papers.guid())
        .filter(held -> Intake.isSucceeded(papers.record(), held))
        .isPresent();
  }

  /// Compares anew before anything more is published. So when a batch of its own has come that this
  /// node does not know, from beyond the end that it took for its own.
  private void doubt(Instant now) {
    stage = Stage.UNSURE;
    told = 0;
    latest = Instant.MAX;
    searchUntil = Instant.MAX;
    comparedBefore = rooms.sync().completed();
    publisher.hold(UNSURE);
    rooms.sync().compareAll(now, rooms.out()::send);
  }

  void onTime(Instant now) {
    if (isOut()) {
      bow();
    } else {
      stand(now);
    }
  }

  private void bow() {
    if (stage != Stage.BANNED) {
      stage = Stage.BANNED;
      wakeAt = Instant.MAX;
      renewal.end();
      String why = isSucceeded() ? SUCCEEDED : BANNED;
      rotation.giveUp(why);
      publisher.bar(why);
    }
  }

  private void stand(Instant now) {
    rooms.members().of(papers.guid()).ifPresent(held -> meetLaterSelf(now, held));
    if (stage != Stage.LOST && stage != Stage.BANNED && rooms.logs().isForked(papers.log())) {
      lose(now, "its log tells two stories and is closed everywhere");
    }
    if (stage == Stage.SURE && rooms.logs().gapEnd(papers.log()) != Long.MAX_VALUE) {
      doubt(now);
    }
    if (stage == Stage.UNSURE) {
      decide(now);
    }
    renewal.onTime(now);
    extension.onTime(now);
    rotation.onTime(now);
  }

  /// Peers may hold a record of a run that this disk does not remember.
  private void meetLaterSelf(Instant now, MemberRecord held) {
    if (!papers.areOlderThan(held) || outdoAt.isAfter(now)) {
      return;
    }
    outdoAt = now.plus(OUTDO_PAUSE);
    if (held.certificate().epoch() > papers.certificate().epoch()) {
      admitted(held.certificate());
    } else {
      show(now, papers.outdo(now, held));
    }
  }

  private void show(Instant now, MemberRecord record) {
    intake.record(now, record);
    rooms.out().hand(rooms.broadcast().originate(now, new Parcel.OfRecord(record)));
  }

  private void decide(Instant now) {
    wakeAt = Instant.MAX;
    if (rooms.members().size() == 1) {
      rely(now);
    } else if (rooms.sync().completed() > comparedBefore) {
      latest = latest.equals(Instant.MAX) ? now.plus(SETTLING) : latest;
      boolean settled = rooms.dials().areSettled() && !rooms.sync().isComparing();
      if (!settled && latest.isAfter(now)) {
        wakeAt = latest;
      } else if (!rooms.sync().isFetching(papers.log())) {
        judge(now);
      }
    }
  }

  private void judge(Instant now) {
    LogId own = papers.log();
    if (told > rooms.logs().taken(own)) {
      search(now);
    } else if (!rooms.logs().knowsEnd(own)) {
      lose(now, "its peers have pruned the end of its log");
    } else {
      rely(now);
    }
  }

  private void search(Instant now) {
    if (searchUntil.equals(Instant.MAX)) {
      searchUntil = now.plus(SEARCH);
      rooms.sync().compareAll(now, rooms.out()::send);
    }
    if (searchUntil.isAfter(now)) {
      wakeAt = searchUntil;
    } else {
      lose(now, "peers know of messages of this node that none of them can send");
    }
  }

  private void rely(Instant now) {
    stage = Stage.SURE;
    publisher.release(now);
  }

  private void lose(Instant now, String what) {
    stage = Stage.LOST;
    wakeAt = Instant.MAX;
    publisher.hold(
        what + ", so it may not go on in that log: it waits for a boot node to begin a new one");
    renewal.begin(now);
  }

  /// Whether nothing but a record, or a batch of its own log, changes anything here.
  boolean isSettled() {
    return stage == Stage.SURE
        && rooms.members().of(papers.guid()).filter(papers::areOlderThan).isEmpty();
  }

  Instant deadline() {
    if (stage == Stage.BANNED) {
      return Instant.MAX;
    }
    Instant questions = earlier(renewal.deadline(), extension.deadline());
    return earlier(wakeAt, earlier(questions, rotation.deadline()));
  }
}
