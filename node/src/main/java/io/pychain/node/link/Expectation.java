package io.pychain.node.link;

import io.pychain.core.message.NodeKey;
import java.util.Optional;

/// Which authority a newcomer will believe. Without one it believes the first that it meets, and
/// whoever called for the joining keeps that one.
///
/// @param key the authority's key
/// @param source where it comes from, for messages
record Expectation(Optional<NodeKey> key, String source) {
  /// @param kept from an earlier joining
  /// @param pinned by the operator, in the entry
  /// @throws HopelessException if they differ
  static Expectation of(Optional<NodeKey> kept, Optional<NodeKey> pinned) throws HopelessException {
    if (kept.isPresent() && pinned.isPresent() && !kept.equals(pinned)) {
      throw new HopelessException(
          "the authority named there, "
              + pinned.get()
              + ", is not the one that this node has joined under, "
              + kept.get()
              + "; correct BOOT_NODE, or use an empty STORAGE_DIR to join another network");
    }
    return kept.isPresent()
        ? new Expectation(kept, "the one that this node has joined under")
        : new Expectation(pinned, "the one that BOOT_NODE names");
  }

  /// @throws HopelessException if another authority was expected
  void check(NodeKey met) throws HopelessException {
    if (key.isPresent() && !key.get().equals(met)) {
      throw new HopelessException(
          "its network has authority "
              + met
              + ", expected is "
              + key.get()
              + ", "
              + source
              + "; if that boot node is the right one, correct the key in BOOT_NODE or use an"
              + " empty STORAGE_DIR, else somebody else answers in its place");
    }
  }
}
