package io.pychain.core.trust;

import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import java.util.Optional;

/// Which key belongs to which GUID. Used by many threads at once: every link verifies what it
/// reads.
public interface KeyDirectory {
  /// The key of a member, if a record of it has been learned.
  Optional<NodeKey> keyOf(Guid guid);

  /// Takes the key of a verified record. A GUID keeps its first key for ever.
  void learn(MemberRecord verified);
}
