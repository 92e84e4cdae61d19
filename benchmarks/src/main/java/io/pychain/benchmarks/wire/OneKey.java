package io.pychain.benchmarks.wire;

import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.KeyDirectory;
import java.util.Optional;

/// Knows every member by the same key.
///
/// @param key of everybody
record OneKey(Optional<NodeKey> key) implements KeyDirectory {
  @Override
  public Optional<NodeKey> keyOf(Guid guid) {
    return key;
  }

  @Override
  public void learn(MemberRecord verified) {}
}
