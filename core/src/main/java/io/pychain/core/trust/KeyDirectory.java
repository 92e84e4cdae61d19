package io.pychain.core.trust;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import java.util.Optional;

/// Which key belongs to which GUID. Used by many threads at once: every link verifies what it
/// reads.
public interface KeyDirectory {
  /// What is known of the keys of a member, if a record of it has been learned.
  Optional<Certificate> certificateOf(Guid guid);

  /// The key that a member has, if a record of it has been learned.
  default Optional<NodeKey> keyOf(Guid guid) {
    return certificateOf(guid).map(Certificate::key);
  }

  /// By which key a log is signed, if a record of its member has been learned.
  default Optional<NodeKey> keyOf(LogId log) {
    return certificateOf(log.guid()).map(held -> held.keys().keyIn(log.epoch()));
  }

  /// Takes the keys of a verified record. A GUID keeps its keys for ever: another one can only
  /// follow them.
  void learn(MemberRecord verified);
}
