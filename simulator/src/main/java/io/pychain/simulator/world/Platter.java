package io.pychain.simulator.world;

import io.pychain.core.failure.Accusation;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.Parameters;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Stored;
import io.pychain.core.protocol.Stored.LogEnd;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is durable on one disk: an archive that it began with, and what was written since.
///
/// Records are kept by GUID in an array, since GUIDs are dense and every disk of a large world
/// holds all of them.
final class Platter {
  private final long storeId;
  private final Archive archive;
  private final List<Certificate> allocations = new ArrayList<>();
  private final Shelf written;
  private final Map<LogId, ForkProof> forks = new LinkedHashMap<>();
  private @Nullable MemberRecord[] records = new @Nullable MemberRecord[0];
  private int recordCount;
  private long lastWrite;
  private long lastOffset;
  private Optional<Certificate> certificate = Optional.empty();
  private Optional<Parameters> parameters = Optional.empty();
  private List<Guid> anchors = List.of();

  /// A platter that begins with an archive.
  Platter(long storeId, Archive archive, List<Certificate> allocations) {
    this(storeId, archive, allocations, new Shelf());
  }

  private Platter(long storeId, Archive archive, List<Certificate> allocations, Shelf written) {
    this.storeId = storeId;
    this.archive = archive;
    this.written = written;
    this.recordCount = archive.records().size();
    this.lastWrite = archive.lastWrite();
    this.lastOffset = archive.lastOffset();
    this.allocations.addAll(allocations);
  }

  /// A platter that holds the same, to the last bit.
  Platter copy() {
    Platter copy = new Platter(storeId, archive, allocations, written.copy());
    copy.records = records.clone();
    copy.recordCount = recordCount;
    copy.lastWrite = lastWrite;
    copy.lastOffset = lastOffset;
    copy.certificate = certificate;
    copy.parameters = parameters;
    copy.anchors = anchors;
    copy.forks.putAll(forks);
    return copy;
  }

  /// Takes a write that has become durable.
  void take(Persist write) {
    lastWrite = write.write();
    switch (write) {
      case Persist.StoreBatch batch -> keep(batch.delivery());
      case Persist.StoreRecord one -> keep(one.record());
      case Persist.StoreAllocation one -> allocations.add(one.certificate());
      case Persist.StoreFork one -> forks.putIfAbsent(one.proof().log(), one.proof());
      case Persist.StoreCertificate one -> certificate = Optional.of(one.certificate());
      case Persist.StoreParameters one -> parameters = Optional.of(one.parameters());
      case Persist.StoreAnchors one -> anchors = one.members();
      case Persist.Probe _ -> {}
    }
  }

  private void keep(Delivery delivery) {
    written.add(delivery);
    lastOffset = delivery.firstOffset() + delivery.batch().messages().size() - 1;
  }

  private void keep(MemberRecord record) {
    int guid = record.guid().value();
    if (record(guid).isEmpty()) {
      recordCount++;
    }
    if (guid >= records.length) {
      records = Arrays.copyOf(records, Math.max(guid + 1, 2 * records.length));
    }
    records[guid] = record;
  }

  /// What a node finds when it starts.
  Stored load() {
    return new Stored(
        storeId,
        lastWrite,
        lastOffset,
        records(),
        ends(),
        accusations(),
        allocations,
        List.copyOf(forks.keySet()),
        parameters,
        anchors);
  }

  private List<MemberRecord> records() {
    if (records.length == 0) {
      return archive.records();
    }
    List<MemberRecord> known = new ArrayList<>(recordCount);
    for (int guid = 0; known.size() < recordCount; guid++) {
      record(guid).ifPresent(known::add);
    }
    return known;
  }

  /// The keys of all members that it knows.
  KeyTable keys() {
    KeyTable keys = archive.keys().copy();
    for (MemberRecord record : records) {
      if (record != null) {
        keys.learn(record);
      }
    }
    return keys;
  }

  private List<LogEnd> ends() {
    if (written.deliveries().isEmpty()) {
      return archive.ends();
    }
    Map<LogId, LogEnd> ends = new LinkedHashMap<>();
    archive.ends().forEach(end -> ends.put(end.log(), end));
    for (Delivery delivery : written.deliveries()) {
      Batch batch = delivery.batch();
      LogEnd before = ends.get(batch.log());
      long first =
          before != null && batch.firstSeq() == before.seq() + 1
              ? before.first()
              : batch.firstSeq();
      ends.put(batch.log(), new LogEnd(batch.log(), first, batch.lastSeq(), batch.hash()));
    }
    return List.copyOf(ends.values());
  }

  private List<Accusation> accusations() {
    List<Accusation> accusations = new ArrayList<>();
    for (Delivery delivery : written.deliveries()) {
      Guid accuser = delivery.batch().log().guid();
      for (Message message : delivery.batch().messages()) {
        Suspicion.in(message).ifPresent(said -> accusations.add(new Accusation(accuser, said)));
      }
    }
    return accusations;
  }

  /// How many members it knows.
  int recordCount() {
    return recordCount;
  }

  /// Number of the last durable write.
  long lastWrite() {
    return lastWrite;
  }

  /// Offset of the last durable message.
  long lastOffset() {
    return lastOffset;
  }

  /// The node's own certificate, if another came after the one that it was admitted with.
  Optional<Certificate> certificate() {
    return certificate;
  }

  long storeId() {
    return storeId;
  }

  /// The record of a member, if it is known.
  Optional<MemberRecord> record(int guid) {
    MemberRecord own = guid < records.length ? records[guid] : null;
    return own == null ? archive.record(guid) : Optional.of(own);
  }

  /// The batches of a log that hold any of the messages asked for, in order.
  List<Delivery> read(Frame.Range range) {
    List<Delivery> found = new ArrayList<>();
    for (Delivery delivery : archive.log(range.log())) {
      Batch batch = delivery.batch();
      if (batch.firstSeq() <= range.until() && batch.lastSeq() >= range.from()) {
        found.add(delivery);
      }
    }
    found.addAll(written.read(range));
    return found;
  }

  /// The batch that holds a message.
  Input.Found find(Effects.Lookup lookup) {
    List<Delivery> held = read(new Frame.Range(lookup.log(), lookup.seq(), lookup.seq()));
    return new Input.Found(lookup.log(), held.stream().findFirst().map(Delivery::batch));
  }

  /// The proof that a log is forked, if there is one.
  Optional<ForkProof> fork(LogId log) {
    return Optional.ofNullable(forks.get(log));
  }

  /// Number of the first message of a log that is held, if any is.
  Optional<Long> floor(LogId log) {
    return read(new Frame.Range(log, 1, Long.MAX_VALUE)).stream()
        .findFirst()
        .map(first -> first.batch().firstSeq());
  }

  /// Everything that it holds, in this node's order.
  List<Delivery> held() {
    List<Delivery> held = new ArrayList<>(archive.deliveries());
    held.addAll(written.deliveries());
    return held;
  }

  /// Everything written since the beginning, in this node's order. Unmodifiable.
  List<Delivery> deliveries() {
    return written.deliveries();
  }
}
