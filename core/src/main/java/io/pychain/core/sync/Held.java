package io.pychain.core.sync;

import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What this node holds, as network sync needs to know it.
public interface Held {
  /// The logs of an origin up to what is on disk: what others may be told.
  List<LogHead> durable(Guid guid);

  /// The same head, with the hash of the batch that it is in.
  LogHead printed(LogHead durable);

  /// Whether another batch is held at the head that a peer tells of.
  boolean disputes(LogHead theirs);

  /// Whether nothing more is taken of a log: it is forked, or its origin is banned.
  boolean isClosed(LogId log);

  /// The logs of an origin that are durably known to be forked.
  List<LogId> forks(Guid guid);

  /// Which record of a member is held; empty for a stranger.
  Optional<RecordHead> record(Guid guid);

  /// Which record of a member is on disk: what others may be told. Older than the one held while
  /// that is being written.
  Optional<RecordHead> durableRecord(Guid guid);

  /// Number of the last message of a log that need not be asked for.
  long taken(LogId log);

  /// Number of the last message after those that is missing: what follows has come early, and
  /// waits.
  long gapEnd(LogId log);

  /// When more of a log may be fetched: not later than now, if it may be now.
  default Instant fetchableAt(Instant now, LogId log) {
    return now;
  }

  /// How many messages of a log may be fetched at once.
  default long fetchable(Instant now, LogId log) {
    return Long.MAX_VALUE;
  }

  /// Whether what is fetched could be taken now; not so while the disk is behind, or refuses.
  boolean hasRoom();
}
