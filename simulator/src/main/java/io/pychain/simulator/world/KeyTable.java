package io.pychain.simulator.world;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.KeyDirectory;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys that one node knows, by GUID, in an array: GUIDs are dense, and a large world has as
/// many tables as nodes. A copy shares the array until either learns something.
final class KeyTable implements KeyDirectory {
  private @Nullable Certificate[] keys;
  private boolean shared;

  KeyTable() {
    this(new @Nullable Certificate[4], false);
  }

  private KeyTable(@Nullable Certificate[] keys, boolean shared) {
    this.keys = keys;
    this.shared = shared;
  }

  /// Another that knows the same.
  KeyTable copy() {
    shared = true;
    return new KeyTable(keys, true);
  }

  @Override
  public Optional<Certificate> certificateOf(Guid guid) {
    return guid.value() < keys.length ? Optional.ofNullable(keys[guid.value()]) : Optional.empty();
  }

  @Override
  public void learn(MemberRecord verified) {
    int guid = verified.guid().value();
    Certificate held = guid < keys.length ? keys[guid] : null;
    if (held == null || verified.certificate().succeeds(held)) {
      makeRoomFor(guid);
      keys[guid] = verified.certificate();
    }
  }

  private void makeRoomFor(int guid) {
    if (shared || guid >= keys.length) {
      int length = guid < keys.length ? keys.length : Math.max(guid + 1, 2 * keys.length);
      keys = Arrays.copyOf(keys, length);
      shared = false;
    }
  }
}
