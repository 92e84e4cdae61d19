package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// Keeps this node in step with its peers. It is told of everything that becomes durable here, of
/// peers that come and go, and of their frames; it answers with frames for them.
public final class Sync {
  private final SyncConfig config;
  private final Guid self;
  private final RandomGenerator random;
  private final Journal journal;
  private final AuditTree tree = new AuditTree();
  private final Teller teller;
  private final Comparisons comparisons;
  private final Wants wants;
  private final RecordWants recordWants;
  private final TreeSet<Guid> peers = new TreeSet<>();
  private Instant fullAt = Instant.MAX;
  private Instant tellAt = Instant.MAX;
  private boolean tellAll;
  private Optional<Instant> lastCompleted = Optional.empty();
  private long completed;
  private long failed;

  /// Begins with an empty tree; what the store holds is added by [#held].
  ///
  /// @param self this node and its store
  /// @param random chooses peers and draws jitter
  public Sync(SyncConfig config, Self self, Held held, RandomGenerator random) {
    this.config = config;
    this.random = random;
    this.self = self.guid();
    this.journal = new Journal(self.lastArrival());
    this.teller = new Teller(self.storeId(), held, journal, tree);
    this.comparisons = new Comparisons(tree);
    this.wants = new Wants(held, peers, config, random);
    this.recordWants = new RecordWants(held, config);
  }

  /// This node and where its store stands at the start.
  ///
  /// @param guid of this node
  /// @param storeId identity of its store
  /// @param lastArrival number of its last durable write
  public record Self(Guid guid, long storeId, long lastArrival) {}

  /// What the store held at the start.
  public void held(List<LogHead> logs, List<RecordHead> records) {
    logs.forEach(head -> tree.logMoved(head, 0));
    records.forEach(tree::recordTaken);
  }

  /// A log has become durable up to a new head.
  ///
  /// @param arrival number of the write
  /// @param before the durable head before, 0 if none
  /// @param repaired whether it came by network sync: then all peers are told at once, since those
  ///   near to this node on the ring probably lack it too
  public void logGrew(Instant now, long arrival, LogHead head, long before, boolean repaired) {
    tree.logMoved(head, before);
    journal.append(arrival, head.log().guid(), false);
    tellAll |= repaired;
    Instant soon = now.plus(repaired ? config.grace().dividedBy(4) : config.headsInterval());
    tellAt = soon.isBefore(tellAt) ? soon : tellAt;
  }

  /// A batch has come that is held already.
  public void cameTwice() {
    wants.patience().tooShort();
  }

  /// A batch has come by a fetch that was not held.
  public void wasMissing() {
    wants.patience().longEnough();
  }

  /// A log has been taken further, durable or not.
  public void logTaken(LogId log) {
    wants.taken(log);
  }

  /// A record has been taken in place of another.
  public void recordTaken(Instant now, RecordHead record, Optional<RecordHead> before) {
    before.ifPresent(tree::recordGone);
    tree.recordTaken(record);
    recordWants
        .taken(record.guid())
        .forEach((peer, heads) -> heads.forEach(head -> claim(now, peer, head)));
  }

  private void claim(Instant now, Guid peer, LogHead head) {
    if (!wants.claim(now, peer, head)) {
      recordWants.logOfStranger(now, peer, head);
    }
  }

  /// A record has become durable.
  public void recordStored(Instant now, long arrival, Guid guid) {
    journal.append(arrival, guid, true);
    Instant soon = now.plus(config.headsInterval());
    tellAt = soon.isBefore(tellAt) ? soon : tellAt;
  }

  /// A write that is nobody else's business has become durable.
  public void skipped(long arrival) {
    journal.skip(arrival);
  }

  /// A link to a member is up.
  public void peerUp(Instant now, Guid peer, long storeId, Post post) {
    peers.add(peer);
    comparisons.resume(peer, storeId);
    comparisons.start(now, post);
    planFull(now);
  }

  /// A member has no link any more.
  public void peerDown(Instant now, Guid peer, Post post) {
    peers.remove(peer);
    teller.forget(peer);
    failed += comparisons.peerDown(peer) ? 1 : 0;
    wants.peerDown(now, peer);
    recordWants.peerDown(peer);
    comparisons.start(now, post);
    wants.ask(now, post);
  }

  /// Compares with every peer.
  public void compareAll(Instant now, Post post) {
    peers.forEach(comparisons::compareAll);
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
  public void requested(Guid peer, Frame.SyncRequest request, Post post) {
    post.send(peer, teller.answer(peer, request));
  }

  /// A peer asks for nodes of the tree. It gets as many as an honest one asks for at a time, since
  /// each answer is many times as large as its question.
  public void probed(Guid peer, Frame.Probe probe, Post post) {
    probe.nodes().stream()
        .limit(Comparison.PROBES_MAX)
        .filter(AuditTree::exists)
        .forEach(node -> post.send(peer, opened(node)));
  }

  private Frame opened(Frame.TreeNode node) {
    return node.level() == 0
        ? teller.leaf(AuditTree.guidsOf(node))
        : new Frame.Hashes(node, tree.children(node));
  }

  /// A peer has told what it holds.
  public void heads(Instant now, Guid peer, Frame.Heads heads, Post post) {
    heads.records().forEach(record -> recordWants.claim(now, peer, record));
    heads.logs().forEach(head -> claim(now, peer, head));
    if (comparisons.heads(peer, heads)) {
      ended(now);
    }
    goOn(now, peer, post);
  }

  /// A peer has summed up what it holds.
  public void summary(Instant now, Guid peer, Frame.Summary summary, Post post) {
    comparisons.summary(peer, summary);
    goOn(now, peer, post);
  }

  /// A peer has opened a node of its tree.
  public void hashes(Instant now, Guid peer, Frame.Hashes hashes, Post post) {
    comparisons.hashes(peer, hashes);
    goOn(now, peer, post);
  }

  private void goOn(Instant now, Guid peer, Post post) {
    if (comparisons.advance(peer, post)) {
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
    claim(now, peer, head);
  }

  /// A peer has sent something of a member that is not known here.
  public void stranger(Instant now, Guid peer, Guid guid, Post post) {
    recordWants.stranger(now, peer, guid);
    recordWants.ask(now, post);
  }

  /// A part of an answer to a fetch has been taken.
  ///
  /// @return logs of which nobody holds the next message, each with the first that somebody holds;
  ///   the rest of these is asked for when they have been moved there, by [#onTime]
  public List<LogHead> answered(Instant now, Guid peer, Frame.Batches batches, Post post) {
    List<LogHead> floors = wants.answered(now, peer, batches);
    if (floors.isEmpty()) {
      wants.ask(now, post);
    }
    return floors;
  }

  /// Does what is due.
  public void onTime(Instant now, Post post) {
    failed += comparisons.expire(now).size();
    comparisons.start(now, post);
    wants.expire(now);
    wants.ask(now, post);
    recordWants.ask(now, post);
    if (!tellAt.isAfter(now)) {
      tell(post);
    }
    if (!fullAt.isAfter(now)) {
      compareAll(now, post);
    }
  }

  private void tell(Post post) {
    tellAt = Instant.MAX;
    for (Guid peer : tellAll ? peers : partners()) {
      if (teller.hasNewsFor(peer)) {
        post.send(peer, teller.news(peer));
      }
    }
    tellAll = false;
  }

  /// The next peer on the ring, the one before, and any one: near ones close small holes at little
  /// cost, a far one those that a whole stretch shares.
  private Set<Guid> partners() {
    Set<Guid> partners = new LinkedHashSet<>();
    if (!peers.isEmpty()) {
      Position here = self.position();
      partners.add(nearest(peer -> here.distanceTo(peer.position())));
      partners.add(nearest(peer -> peer.position().distanceTo(here)));
      partners.add(List.copyOf(peers).get(random.nextInt(peers.size())));
    }
    return partners;
  }

  private Guid nearest(ToLongFunction<Guid> distance) {
    return Collections.min(
        peers, (a, b) -> Long.compareUnsigned(distance.applyAsLong(a), distance.applyAsLong(b)));
  }

  /// Whether comparisons with these peers are running or planned, or anything is still to be
  /// fetched.
  public boolean isBusy() {
    return !wants.isEmpty()
        || !recordWants.isEmpty()
        || peers.stream().anyMatch(comparisons::isBusyWith);
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
    Instant next = tellAt.isBefore(fullAt) ? tellAt : fullAt;
    for (Instant due : List.of(comparisons.deadline(), wants.deadline(), recordWants.deadline())) {
      next = due.isBefore(next) ? due : next;
    }
    return next;
  }
}
