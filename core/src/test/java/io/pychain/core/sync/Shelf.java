package io.pychain.core.sync;

import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A store of heads only, on which everything taken is durable at once.
final class Shelf implements Held {
  final TreeMap<LogId, Long> logs = new TreeMap<>();
  final TreeMap<Guid, RecordHead> records = new TreeMap<>();
  final TreeMap<LogId, Long> prints = new TreeMap<>();
  final TreeSet<LogId> forks = new TreeSet<>();
  boolean hasRoom = true;
  long gapEnd = Long.MAX_VALUE;

  /// Knows the members 0 to `members` − 1.
  static Shelf knowing(int members) {
    Shelf shelf = new Shelf();
    for (int i = 0; i < members; i++) {
      shelf.records.put(Guid.of(i), new RecordHead(Guid.of(i), 1, 1));
    }
    return shelf;
  }

  @Override
  public List<LogHead> durable(Guid guid) {
    List<LogHead> heads = new ArrayList<>();
    logs.subMap(new LogId(guid, 1), true, new LogId(guid, Integer.MAX_VALUE), true)
        .forEach((log, seq) -> heads.add(new LogHead(log, seq)));
    return heads;
  }

  @Override
  public LogHead printed(LogHead durable) {
    return new LogHead(durable.log(), durable.seq(), prints.getOrDefault(durable.log(), 0L));
  }

  @Override
  public boolean disputes(LogHead theirs) {
    return taken(theirs.log()) == theirs.seq()
        && prints.getOrDefault(theirs.log(), 0L) != theirs.print();
  }

  @Override
  public boolean isClosed(LogId log) {
    return forks.contains(log);
  }

  @Override
  public List<LogId> forks(Guid guid) {
    return forks.stream().filter(log -> log.guid().equals(guid)).toList();
  }

  @Override
  public Optional<RecordHead> record(Guid guid) {
    return Optional.ofNullable(records.get(guid));
  }

  @Override
  public Optional<RecordHead> durableRecord(Guid guid) {
    return record(guid);
  }

  @Override
  public long taken(LogId log) {
    return logs.getOrDefault(log, 0L);
  }

  @Override
  public long gapEnd(LogId log) {
    return gapEnd;
  }

  @Override
  public boolean hasRoom() {
    return hasRoom;
  }
}
