package io.pychain.core.trust;

import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// A [KeyDirectory] in memory. It grows with the members that the authority has admitted, by about
/// 250 bytes each, and by nothing that a stranger sends.
public final class KnownKeys implements KeyDirectory {
  private final ConcurrentSkipListMap<Guid, NodeKey> keys = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<NodeKey, Guid> guids = new ConcurrentSkipListMap<>();

  @Override
  public Optional<NodeKey> keyOf(Guid guid) {
    return Optional.ofNullable(keys.get(guid));
  }

  /// Whether a member has this key.
  public boolean contains(NodeKey key) {
    return guids.containsKey(key);
  }

  @Override
  public void learn(MemberRecord verified) {
    if (keys.putIfAbsent(verified.guid(), verified.key()) == null) {
      guids.put(verified.key(), verified.guid());
    }
  }
}
