package io.pychain.core.trust;

import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// A [KeyDirectory] in memory. It grows with the members that the authority has admitted, by about
/// 150 bytes each, and by nothing that a stranger sends.
public final class KnownKeys implements KeyDirectory {
  private final ConcurrentSkipListMap<Guid, NodeKey> keys = new ConcurrentSkipListMap<>();

  @Override
  public Optional<NodeKey> keyOf(Guid guid) {
    return Optional.ofNullable(keys.get(guid));
  }

  @Override
  public void learn(MemberRecord verified) {
    keys.putIfAbsent(verified.guid(), verified.key());
  }
}
