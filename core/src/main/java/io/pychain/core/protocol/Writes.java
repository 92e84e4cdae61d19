package io.pychain.core.protocol;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Writes on their way to the disk: they are numbered here, and so are the offsets of messages.
///
/// When the store fails, all that is not durable is let go, and nothing but a probe is written
/// until one succeeds.
final class Writes {
  /// Pause between probes of a store that has failed.
  static final Duration PROBE_EVERY = Duration.ofSeconds(1);

  private final Outlet out;
  private final long bytesMax;
  private final Deque<Persist> pending = new ArrayDeque<>();
  private long pendingBytes;
  private long lastWrite;
  private long lastOffset;
  private long durableOffset;
  private final TreeMap<Guid, Unwritten> unwritten = new TreeMap<>();
  private Optional<String> fault = Optional.empty();
  private Instant probeAt = Instant.MAX;

  /// A record that is newer than what is on disk.
  private record Unwritten(Optional<RecordHead> onDisk, MemberRecord newest) {
    Unwritten replacedBy(MemberRecord newer) {
      return new Unwritten(onDisk, newer);
    }
  }

  Writes(Outlet out, Stored stored, long bytesMax) {
    this.out = out;
    this.bytesMax = bytesMax;
    this.lastWrite = stored.lastWrite();
    this.lastOffset = stored.lastOffset();
    this.durableOffset = stored.lastOffset();
  }

  /// Whether batches of others may be taken now.
  boolean hasRoom() {
    return fault.isEmpty() && pendingBytes < bytesMax;
  }

  long pendingBytes() {
    return pendingBytes;
  }

  Optional<String> fault() {
    return fault;
  }

  long durableOffset() {
    return durableOffset;
  }

  void batch(Instant now, Batch batch, int hops, Via via) {
    Delivery delivery = new Delivery(batch, lastOffset + 1, now, hops, via);
    lastOffset += batch.messages().size();
    add(new Persist.StoreBatch(++lastWrite, delivery));
  }

  /// Writes a record; if the store takes none now, as soon as it does again.
  ///
  /// @param before the one held before, if any
  void record(MemberRecord record, Optional<RecordHead> before) {
    unwritten.merge(
        record.guid(), new Unwritten(before, record), (was, is) -> was.replacedBy(is.newest()));
    if (fault.isEmpty()) {
      add(new Persist.StoreRecord(++lastWrite, record));
    }
  }

  /// Which record of a member is on disk.
  ///
  /// @param held which one is held
  Optional<RecordHead> onDisk(Guid guid, Optional<RecordHead> held) {
    Unwritten late = unwritten.get(guid);
    return late == null ? held : late.onDisk();
  }

  /// A record is durable.
  ///
  /// @return the one that was on disk before, if any
  Optional<RecordHead> recordPersisted(MemberRecord record) {
    Unwritten late = unwritten.remove(record.guid());
    if (late == null) {
      return Optional.empty();
    }
    if (!late.newest().equals(record)) {
      RecordHead written = Intake.headOf(record);
      unwritten.put(record.guid(), new Unwritten(Optional.of(written), late.newest()));
    }
    return late.onDisk();
  }

  void allocation(Certificate certificate) {
    add(new Persist.StoreAllocation(++lastWrite, certificate));
  }

  void fork(ForkProof proof) {
    if (fault.isEmpty()) {
      add(new Persist.StoreFork(++lastWrite, proof));
    }
  }

  void parameters(Parameters parameters) {
    if (fault.isEmpty()) {
      add(new Persist.StoreParameters(++lastWrite, parameters));
    }
  }

  void anchors(List<Guid> members) {
    if (fault.isEmpty()) {
      add(new Persist.StoreAnchors(++lastWrite, members));
    }
  }

  void certificate(Certificate certificate) {
    if (fault.isEmpty()) {
      add(new Persist.StoreCertificate(++lastWrite, certificate));
    }
  }

  private void add(Persist write) {
    pending.add(write);
    pendingBytes += length(write);
    out.effects().persist().add(write);
  }

  private static int length(Persist write) {
    return switch (write) {
      case Persist.StoreBatch store -> store.delivery().batch().length();
      case Persist.StoreRecord store -> store.record().length();
      case Persist.StoreAllocation store -> store.certificate().sealed().length();
      case Persist.StoreFork store -> store.proof().length();
      case Persist.StoreCertificate store -> store.certificate().sealed().length();
      case Persist.StoreParameters store -> store.parameters().sealed().length();
      case Persist.StoreAnchors _, Persist.Probe _ -> 0;
    };
  }

  /// All up to this write is durable.
  ///
  /// @return what has become so, in order
  List<Persist> persisted(long write) {
    List<Persist> durable = new ArrayList<>();
    while (!pending.isEmpty() && pending.element().write() <= write) {
      Persist next = pending.remove();
      pendingBytes -= length(next);
      durable.add(next);
      if (next instanceof Persist.StoreBatch(long _, Delivery delivery)) {
        durableOffset = delivery.firstOffset() + delivery.batch().messages().size() - 1;
      }
    }
    return durable;
  }

  /// The store has refused all that is pending.
  void failed(Instant now, String reason) {
    pending.clear();
    pendingBytes = 0;
    lastOffset = durableOffset;
    fault = Optional.of(reason);
    probeAt = now.plus(PROBE_EVERY);
  }

  /// A probe has succeeded. Records that the store refused meanwhile are written now; batches are
  /// brought again by network sync.
  void recovered() {
    fault = Optional.empty();
    probeAt = Instant.MAX;
    for (Unwritten late : unwritten.values()) {
      add(new Persist.StoreRecord(++lastWrite, late.newest()));
    }
  }

  void onTime(Instant now) {
    if (!probeAt.isAfter(now)) {
      probeAt = Instant.MAX;
      add(new Persist.Probe(++lastWrite));
    }
  }

  Instant deadline() {
    return probeAt;
  }
}
