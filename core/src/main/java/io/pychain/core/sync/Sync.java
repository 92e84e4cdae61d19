package io.pychain.core.sync;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Comparison.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Keeps this node in step with its peers. It is told of everything that becomes durable here, of
/// peers that come and go, and of their frames; it answers with frames for them.
public final class Sync {
  private final SyncConfig config;
  private final RandomGenerator random;
  private final Held held;
  private final Journal journal;
  private final Rows rows;
  private final TreeSet<Guid> peers = new TreeSet<>();
  private final Teller teller;
  private final Answers answers;
  private final Telling telling;
  private final Comparisons comparisons;
  private final Wants wants;
  private final RecordWants recordWants;
  private final Disputes disputes;
  private Instant fullAt = Instant.MAX;
  private Optional<Instant> lastCompleted = Optional.empty();
  private long completed;
  private long failed;

  /// Begins with an empty tree; what the store holds is added by [#held].
  ///
  /// @param random chooses peers and draws jitter
  public Sync(SyncConfig config, Self self, Held held, RandomGenerator random) {
    this.config = config;
    this.random = random;
    this.held = held;
    this.journal = new Journal(self.lastArrival());
    this.rows = new Rows(held);
    this.teller = new Teller(self.storeId(), held, journal, rows);
    this.answers = new Answers(teller, rows.tree());
    this.telling = new Telling(self, teller, peers, config, random);
    this.comparisons = new Comparisons(rows.tree(), teller, config.timeout());
    this.wants = new Wants(held, peers, config, random);
    this.recordWants = new RecordWants(held, config);
    this.disputes = new Disputes(held);
  }

  /// This node and where its store stands at the start.
  ///
  /// @param guid of this node
  /// @param storeId identity of its store
  /// @param lastArrival number of its last durable write
  /// @param acquainted whether a peer and this node are linked by lot
  public record Self(Guid guid, long storeId, long lastArrival, Predicate<Guid> acquainted) {}

  /// How far the store held a log at the start.
  public void held(LogHead head) {
    rows.logMoved(head, new LogHead(head.log(), 0));
  }

  /// Which record the store held of a member at the start.
  public void held(RecordHead head) {
    rows.recordStored(head, Optional.empty());
  }

  /// A log has become durable up to a new head.
  ///
  /// @param arrival number of the write
  /// @param before the durable head before; number 0 if none
  /// @param repaired whether it came by network sync: those near on the ring probably lack it too
  public void logGrew(Instant now, long arrival, LogHead head, LogHead before, boolean repaired) {
    rows.logMoved(head, before);
    journal.append(arrival, head.log().guid(), false);
    telling.changed(now);
    if (repaired) {
      telling.repaired(now, head.log().guid());
    }
  }

  /// A log, durable so far, is durably found to be forked: it is compared and fetched no more.
  public void logForked(Instant now, long arrival, LogHead before) {
    rows.logForked(before);
    wants.taken(before.log());
    journal.append(arrival, before.log().guid(), false);
    telling.changed(now);
  }

  /// A log was known to be forked at the start.
  public void heldForked(LogId log) {
    rows.logForked(new LogHead(log, 0));
  }

  /// A batch has come that is held already.
  public void cameTwice() {
    wants.patience().tooShort();
  }

  /// A batch has come that was not held.
  ///
  /// @param fetched whether it came by network sync, and so had been missing
  public void cameOnce(Instant now, boolean fetched) {
    wants.patience().longEnough();
    if (fetched) {
      telling.trouble(now);
    }
  }

  /// A peer asks for batches: what it has been told of was missing there.
  public void fetched(Instant now) {
    telling.trouble(now);
  }

  /// A peer holds a log this far: it has handed it on, or was handed it.
  public void holds(Guid peer, LogHead head) {
    telling.holds(peer, head);
  }

  /// A peer holds this record: it has handed it on, or was handed it.
  public void holds(Guid peer, RecordHead head) {
    telling.holds(peer, head);
  }

  /// There was no room to hand a peer what it was to be handed of a log.
  public void lacks(Guid peer, LogId log) {
    telling.lacks(peer, log);
  }

  /// A log has been taken further, durable or not.
  public void logTaken(LogId log) {
    wants.taken(log);
  }

  /// A record has been taken, durable or not.
  public void recordTaken(Instant now, Guid guid) {
    recordWants
        .taken(guid)
        .forEach((peer, heads) -> heads.forEach(head -> claim(now, peer, head, Purpose.CATCH_UP)));
  }

  private void claim(Instant now, Guid peer, LogHead head, Purpose purpose) {
    boolean known = wants.claim(now, peer, head, purpose == Purpose.CATCH_UP);
    if (!known) {
      recordWants.logOfStranger(now, peer, head);
    }
  }

  /// A record has become durable.
  ///
  /// @param before the one on disk before, if any
  public void recordStored(
      Instant now, long arrival, RecordHead record, Optional<RecordHead> before) {
    rows.recordStored(record, before);
    journal.append(arrival, record.guid(), true);
    telling.changed(now);
  }

  /// A write that is nobody else's business has become durable.
  public void skipped(long arrival) {
    journal.skip(arrival);
  }

  /// A link to a member is up.
  ///
  /// @param dialled whether this node dialled
  public void peerUp(Instant now, Guid peer, long storeId, boolean dialled, Post post) {
    peers.add(peer);
    telling.peersChanged();
    comparisons.resume(now, peer, storeId, dialled);
    comparisons.start(now, post);
    planFull(now);
  }

  /// A member has no link any more.
  public void peerDown(Instant now, Guid peer, Post post) {
    peers.remove(peer);
    teller.forget(peer);
    telling.forget(peer);
    telling.peersChanged();
    answers.forget(peer);
    failed += comparisons.peerDown(peer) ? 1 : 0;
    wants.peerDown(now, peer);
    recordWants.peerDown(peer);
    comparisons.start(now, post);
    wants.ask(now, post);
  }

  /// Compares with every peer.
  public void compareAll(Instant now, Post post) {
    peers.forEach(peer -> comparisons.compareAll(now, peer, Purpose.AUDIT));
    comparisons.start(now, post);
    fullAt = Instant.MAX;
    planFull(now);
  }

  /// Compares with every peer with which this has not been done of late. A pair of peers that hold
  /// the same learns it by one question, so each of them asks about every other time.
  private void audit(Instant now, Post post) {
    Instant recent = now.minus(config.interval().dividedBy(2));
    for (Guid peer : peers) {
      if (comparisons.lastCompared(peer).isBefore(recent)) {
        comparisons.compareAll(now, peer, Purpose.AUDIT);
      }
    }
    comparisons.start(now, post);
    fullAt = Instant.MAX;
    planFull(now);
  }

  private void planFull(Instant now) {
    if (fullAt.equals(Instant.MAX)) {
      long jitter = config.jitter().toMillis();
      fullAt = now.plus(config.interval()).plusMillis(jitter == 0 ? 0 : random.nextLong(jitter));
    }
  }

  /// A peer asks what changed.
  public void requested(Instant now, Guid peer, Frame.SyncRequest request, Post post) {
    answers.requested(now, peer, request, post);
    if (comparisons.asked(now, peer, request)) {
      ended(now);
    }
    comparisons.start(now, post);
  }

  /// A peer asks for nodes of the tree.
  public void probed(Instant now, Guid peer, Frame.Probe probe, Post post) {
    answers.probed(now, peer, probe, post);
  }

  /// A peer asks for records.
  ///
  /// @return whether it is to be sent them: not if it has asked for too much of late
  public boolean maySendRecords(Instant now, Guid peer, int records) {
    return answers.maySendRecords(now, peer, records);
  }

  /// A peer has answered what it holds.
  public void heads(Instant now, Guid peer, Frame.Heads heads, Post post) {
    Purpose purpose = comparisons.purpose(peer);
    disputes.ask(peer, heads, post);
    take(now, peer, heads.logs(), heads.records(), purpose);
    if (comparisons.heads(now, peer, heads)) {
      ended(now);
    }
    goOn(now, peer, post);
    if (purpose == Purpose.CATCH_UP) {
      wants.ask(now, post);
    }
  }

  /// A peer tells what it has come to hold.
  public void news(Instant now, Guid peer, Frame.News news, Post post) {
    take(now, peer, news.logs(), news.records(), Purpose.AUDIT);
    comparisons.news(now, peer, news);
    comparisons.start(now, post);
  }

  private void take(
      Instant now, Guid peer, List<LogHead> logs, List<RecordHead> records, Purpose purpose) {
    for (RecordHead record : records) {
      telling.holds(peer, record);
      recordWants.claim(now, peer, record, purpose == Purpose.CATCH_UP);
    }
    for (LogHead head : logs) {
      telling.holds(peer, head);
      claim(now, peer, head, purpose);
    }
  }

  /// A peer has summed up what it holds.
  public void summary(Instant now, Guid peer, Frame.Summary summary, Post post) {
    comparisons.summary(now, peer, summary);
    goOn(now, peer, post);
  }

  /// A peer has opened a node of its tree.
  public void hashes(Instant now, Guid peer, Frame.Hashes hashes, Post post) {
    comparisons.hashes(now, peer, hashes);
    goOn(now, peer, post);
  }

  private void goOn(Instant now, Guid peer, Post post) {
    if (comparisons.advance(now, peer, post)) {
      ended(now);
    }
    comparisons.start(now, post);
  }

  private void ended(Instant now) {
    completed++;
    lastCompleted = Optional.of(now);
  }

  /// A peer holds a log at least this far: it has sent a later part of it.
  public void gap(Instant now, Guid peer, LogHead head) {
    claim(now, peer, head, Purpose.AUDIT);
    wants.proven(head);
  }

  /// A peer has sent a batch of an unknown origin. It is fetched once that one's record has come.
  public void stranger(Instant now, Guid peer, LogId log, Post post) {
    recordWants.stranger(now, peer, log.guid());
    recordWants.logOfStranger(now, peer, new LogHead(log, held.taken(log) + 1));
    recordWants.ask(now, post);
  }

  /// Whether this node has asked a peer for this batch, in the fetch with this number.
  public boolean isAsked(Guid peer, long id, Batch batch) {
    return wants.isAsked(peer, id, batch);
  }

  /// A part of an answer to a fetch has been taken.
  ///
  /// @return logs of which nobody holds the next message, each with the first that somebody holds,
  ///   from which on it is asked for by [#onTime]
  public List<LogHead> answered(Instant now, Guid peer, Frame.Batches batches, Post post) {
    List<LogHead> floors = wants.answered(now, peer, batches);
    if (floors.isEmpty()) {
      wants.ask(now, post);
    }
    return floors;
  }

  /// Does what is due.
  public void onTime(Instant now, Post post) {
    failed += comparisons.expire(now);
    telling
        .onTime(now, post)
        .ifPresent(next -> comparisons.compareAll(now, next, Purpose.CATCH_UP));
    if (!fullAt.isAfter(now)) {
      audit(now, post);
    }
    comparisons.start(now, post);
    wants.expire(now);
    wants.ask(now, post);
    recordWants.ask(now, post);
  }

  /// Whether comparisons with these peers are running or planned, or anything is still to be
  /// fetched.
  public boolean isBusy() {
    return !wants.isEmpty() || !recordWants.isEmpty() || isComparing();
  }

  /// Whether comparisons with these peers are running or planned.
  public boolean isComparing() {
    return peers.stream().anyMatch(comparisons::isBusyWith);
  }

  /// Whether a peer has told of more of a log than is held, and is still believed to have it.
  public boolean isFetching(LogId log) {
    return wants.contains(log);
  }

  /// Whether every member record that a peer has told of is held.
  public boolean knowsRecords() {
    return recordWants.isEmpty();
  }

  /// How many messages are known to exist and not held.
  public long behind() {
    return wants.behind();
  }

  /// One hash over all that this node speaks of.
  public long print() {
    return rows.tree().root();
  }

  /// When the last comparison ended.
  public Optional<Instant> lastCompleted() {
    return lastCompleted;
  }

  /// Comparisons that ended.
  public long completed() {
    return completed;
  }

  /// Comparisons that broke off.
  public long failed() {
    return failed;
  }

  /// When [#onTime] is due.
  public Instant deadline() {
    Instant next = earlier(fullAt, earlier(telling.deadline(), comparisons.deadline()));
    return earlier(next, earlier(wants.deadline(), recordWants.deadline()));
  }
}
