package io.pychain.core.trust;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// A [KeyDirectory] in memory. It grows with the members that the authority has admitted, by about
/// 250 bytes and a certificate each, and by nothing that a stranger sends.
public final class KnownKeys implements KeyDirectory {
  private final ConcurrentSkipListMap<Guid, Certificate> certificates =
      new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<NodeKey, Guid> guids = new ConcurrentSkipListMap<>();

  @Override
  public Optional<Certificate> certificateOf(Guid guid) {
    return Optional.ofNullable(certificates.get(guid));
  }

  /// Whether a member has this key, or had it before.
  public boolean contains(NodeKey key) {
    return guids.containsKey(key);
  }

  @Override
  public void learn(MemberRecord verified) {
    Certificate fresh = verified.certificate();
    Certificate newest =
        certificates.merge(
            verified.guid(), fresh, (held, other) -> other.succeeds(held) ? other : held);
    if (newest.equals(fresh)) {
      fresh.keys().all().forEach(key -> guids.putIfAbsent(key, verified.guid()));
    }
  }
}
