package io.pychain.node.keys;

import io.pychain.core.message.NodeKey;
import java.util.concurrent.ConcurrentHashMap;

/// Says which keys are points of prime order, and remembers those that are.
///
/// A key with a part of small order added is somebody's key too, but engines disagree on its
/// signatures (Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs", 2020). Nobody makes such a
/// key but to make nodes disagree. To find out takes 65 µs, twice as long as to verify.
///
/// For many threads.
final class PrimeOrder {
  /// Keys remembered; beyond it all are forgotten, and found out again.
  private static final int KEYS_MAX = 1 << 16;

  private final ConcurrentHashMap<NodeKey, Boolean> known = new ConcurrentHashMap<>();

  boolean contains(NodeKey key) {
    if (known.containsKey(key)) {
      return true;
    }
    boolean holds = Ed25519Engine.BouncyCastle.isOfPrimeOrder(key.bytes().toArray());
    if (holds) {
      if (known.size() >= KEYS_MAX) {
        known.clear();
      }
      known.put(key, true);
    }
    return holds;
  }
}
