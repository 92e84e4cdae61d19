package io.pychain.core.protocol;

import io.pychain.core.limit.Quotas;
import io.pychain.core.log.Logs;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Held;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What network sync needs to know of the other rooms.
///
/// @param members who is in
/// @param logs what is held
/// @param quotas how much more of each origin may be taken
/// @param writes whether more could be taken
record Holdings(Members members, Logs logs, Quotas quotas, Writes writes) implements Held {
  @Override
  public List<LogHead> durable(Guid guid) {
    return logs.durable(guid);
  }

  @Override
  public LogHead printed(LogHead durable) {
    return logs.head(durable.log());
  }

  @Override
  public boolean disputes(LogHead theirs) {
    LogHead own = logs.head(theirs.log());
    return own.seq() == theirs.seq() && own.print() != theirs.print() && !isClosed(theirs.log());
  }

  @Override
  public boolean isClosed(LogId log) {
    return logs.isForked(log) || members.isRevoked(log.guid());
  }

  @Override
  public List<LogId> forks(Guid guid) {
    return logs.forks(guid);
  }

  @Override
  public Optional<RecordHead> record(Guid guid) {
    return members.of(guid).map(Intake::headOf);
  }

  @Override
  public Optional<RecordHead> durableRecord(Guid guid) {
    return writes.onDisk(guid, record(guid));
  }

  @Override
  public long taken(LogId log) {
    return isClosed(log) ? Long.MAX_VALUE : logs.taken(log);
  }

  @Override
  public long gapEnd(LogId log) {
    return logs.gapEnd(log);
  }

  @Override
  public Instant fetchableAt(Instant now, LogId log) {
    return quotas.fetchableAt(now, log.guid());
  }

  @Override
  public long fetchable(Instant now, LogId log) {
    return quotas.fetchable(now, log.guid());
  }

  @Override
  public boolean hasRoom() {
    return writes.hasRoom();
  }
}
