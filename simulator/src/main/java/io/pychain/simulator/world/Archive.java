package io.pychain.simulator.world;

import io.pychain.core.message.Batch;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.protocol.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What disks hold from before the world began, shared by all that hold the same: a thousand nodes
/// that know each other need not keep a million references for it.
final class Archive {
  private final List<MemberRecord> records;
  private final KeyTable keys = new KeyTable();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Stored.LogEnd> ends;
  private final long lastOffset;
  private final Map<LogId, List<Delivery>> logs = new HashMap<>();

  /// @param records by GUID, without gaps
  /// @param batches one a log at most, in the order in which all disks hold them
  Archive(List<MemberRecord> records, List<Batch> batches) {
    this.records = List.copyOf(records);
    this.records.forEach(keys::learn);
    List<Stored.LogEnd> last = new ArrayList<>();
    long offset = 1;
    for (Batch batch : batches) {
      Delivery delivery = new Delivery(batch, offset, Timeline.BEGINNING, 1, Via.SYNC);
      deliveries.add(delivery);
      logs.put(batch.log(), List.of(delivery));
      last.add(new Stored.LogEnd(batch.log(), batch.firstSeq(), batch.lastSeq(), batch.hash()));
      offset += batch.messages().size();
    }
    this.ends = List.copyOf(last);
    this.lastOffset = offset - 1;
  }

  /// Nothing at all.
  static Archive empty() {
    return new Archive(List.of(), List.of());
  }

  /// All records. Unmodifiable.
  List<MemberRecord> records() {
    return records;
  }

  /// The record of a member, if it is here.
  Optional<MemberRecord> record(int guid) {
    return guid < records.size() ? Optional.of(records.get(guid)) : Optional.empty();
  }

  /// The keys in the records, not a copy.
  KeyTable keys() {
    return keys;
  }

  /// The end of each log. Unmodifiable.
  List<Stored.LogEnd> ends() {
    return ends;
  }

  /// What is here of a log.
  List<Delivery> log(LogId log) {
    return logs.getOrDefault(log, List.of());
  }

  /// All batches, in order of offset.
  List<Delivery> deliveries() {
    return deliveries;
  }

  /// How many writes it took to get here.
  long lastWrite() {
    return (long) records.size() + deliveries.size();
  }

  /// Offset of the last message.
  long lastOffset() {
    return lastOffset;
  }
}
