package io.pychain.benchmarks.wire;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.KeyDirectory;
import java.util.Optional;

/// Knows every member by the same key.
///
/// @param certificate that has it
record OneKey(Optional<Certificate> certificate) implements KeyDirectory {
  @Override
  public Optional<Certificate> certificateOf(Guid guid) {
    return certificate;
  }

  @Override
  public void learn(MemberRecord verified) {}
}
