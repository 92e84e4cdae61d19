package io.pychain.core.protocol;

import io.pychain.core.broadcast.Parcel;
import io.pychain.core.link.Fault;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Logs whose origins have told two stories: found, proven, told to all, and closed.
///
/// ```
///   a batch does not fit ──► what it contradicts is read from the disk ──► proof
///                                                                           │ stored, then
///   a proof comes from a peer ──────────────────────────────────────────────┤
///                                                                           ▼
///               nothing more of that log is taken, delivered, told of or passed on here
/// ```
///
/// A batch that was delivered before stays so: the two stories are both signed, and nobody can say
/// which one is true. A pair over [ForkProof#BYTES_MAX] cannot be shown to others: then each node
/// that meets the second story merely refuses it.
final class Forks {
  /// Most batches, in bytes, that wait for what they contradict to be read. More is left to the
  /// next comparison.
  static final long SUSPECTS_BYTES_MAX = 16L << 20;

  /// Proofs that a peer gets for one question.
  static final int SHOWN_MAX = 16;

  /// A batch that does not fit, and where what it contradicts is found.
  private record Suspect(Batch batch, long seq, boolean asked) {}

  private final Rooms rooms;
  private final Publisher publisher;
  private final TreeMap<LogId, Suspect> suspects = new TreeMap<>();
  private long suspectsBytes;

  Forks(Rooms rooms, Publisher publisher) {
    this.rooms = rooms;
    this.publisher = publisher;
  }

  /// A batch does not fit its log.
  ///
  /// @param waiting what it contradicts, if that is at hand
  void suspect(Instant now, Batch batch, Optional<Batch> waiting) {
    rooms.calm().disturb();
    rooms.counters().batchesInvalid++;
    if (waiting.isPresent()) {
      prove(now, waiting.get(), batch);
    } else {
      keep(batch);
      look();
    }
  }

  private void keep(Batch batch) {
    long seq = Math.min(rooms.logs().taken(batch.log()), batch.lastSeq());
    boolean room = suspectsBytes + batch.length() <= SUSPECTS_BYTES_MAX;
    if (seq > 0 && room && !suspects.containsKey(batch.log())) {
      suspects.put(batch.log(), new Suspect(batch, seq, false));
      suspectsBytes += batch.length();
    }
  }

  /// Has what is contradicted read as soon as it is on the disk.
  private void look() {
    for (var entry : suspects.entrySet()) {
      Suspect suspect = entry.getValue();
      if (!suspect.asked() && rooms.logs().durable(entry.getKey()) >= suspect.seq()) {
        entry.setValue(new Suspect(suspect.batch(), suspect.seq(), true));
        rooms.out().effects().lookup().add(new Effects.Lookup(entry.getKey(), suspect.seq()));
      }
    }
  }

  /// What was looked for has been read.
  void found(Instant now, Input.Found found) {
    Suspect suspect = suspects.remove(found.log());
    if (suspect != null) {
      suspectsBytes -= suspect.batch().length();
      found.batch().ifPresent(held -> prove(now, held, suspect.batch()));
    }
  }

  private void prove(Instant now, Batch one, Batch other) {
    boolean small = one.length() + other.length() <= ForkProof.BYTES_MAX;
    if (small && ForkProof.contradict(one, other) && !rooms.logs().isForked(one.log())) {
      ForkProof proof = new ForkProof(one, other);
      close(now, proof);
      rooms.out().hand(rooms.broadcast().originate(now, new Parcel.OfFork(proof)));
      publisher.publish(now, SystemEvent.forkFound(proof));
    }
  }

  /// A peer shows a proof, which has been verified.
  void received(Instant now, Frame.Fork fork) {
    Parcel parcel = Parcel.of(fork);
    if (!rooms.logs().isForked(fork.proof().log())) {
      close(now, fork.proof());
      rooms.broadcast().arrived(parcel);
    }
    if (rooms.broadcast().isRecent(parcel)) {
      rooms.out().hand(rooms.broadcast().carry(now, fork));
    }
  }

  private void close(Instant now, ForkProof proof) {
    blame(now, proof.log());
    rooms.logs().fork(proof.log());
    rooms.writes().fork(proof);
    rooms.counters().forks++;
  }

  /// An old copy of a disk makes its owner tell two stories in good faith, once: that log is
  /// closed, and its owner goes on in the next epoch. Who does it again there means it, or should
  /// be looked after.
  private void blame(Instant now, LogId log) {
    Guid origin = log.guid();
    if (!rooms.logs().forks(origin).isEmpty()) {
      rooms.faults().committed(now, origin, Fault.FORK);
      rooms
          .links()
          .idOf(origin)
          .ifPresent(link ->
              rooms.out().drop(link, Frame.Reason.INVALID, "told two stories once more: " + log));
    }
  }

  /// A proof is durable.
  void persisted(Instant now, long arrival, ForkProof proof) {
    LogHead before = rooms.logs().head(proof.log());
    rooms.logs().forkPersisted(proof.log());
    rooms.sync().logForked(now, arrival, before);
  }

  /// A peer asks for proofs. What is beyond the bound it asks for with its next comparison.
  void wanted(LinkId link, Guid peer, List<LogId> logs) {
    logs.stream()
        .filter(log -> rooms.logs().forks(log.guid()).contains(log))
        .limit(SHOWN_MAX)
        .forEach(
            log -> rooms.out().effects().showFork().add(new Effects.ShowFork(link, peer, log)));
  }

  void onTime() {
    look();
  }

  /// Whether nothing waits for the disk here.
  boolean isSettled() {
    return suspects.isEmpty();
  }

  /// The disk has refused what was not durable on it.
  void failed() {
    suspects.clear();
    suspectsBytes = 0;
  }
}
