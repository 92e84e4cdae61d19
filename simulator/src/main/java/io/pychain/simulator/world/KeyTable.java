package io.pychain.simulator.world;

import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.KeyDirectory;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys that one node knows, by GUID, in an array: GUIDs are dense, and a large world has as
/// many tables as nodes.
final class KeyTable implements KeyDirectory {
  private @Nullable NodeKey[] keys = new @Nullable NodeKey[4];

  @Override
  public Optional<NodeKey> keyOf(Guid guid) {
    return guid.value() < keys.length ? Optional.ofNullable(keys[guid.value()]) : Optional.empty();
  }

  @Override
  public void learn(MemberRecord verified) {
    int guid = verified.guid().value();
    if (guid >= keys.length) {
      keys = Arrays.copyOf(keys, Math.max(guid + 1, 2 * keys.length));
    }
    if (keys[guid] == null) {
      keys[guid] = verified.key();
    }
  }
}
