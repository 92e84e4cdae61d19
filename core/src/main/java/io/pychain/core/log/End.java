package io.pychain.core.log;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Digest;
import java.util.Optional;

/// How far a log goes.
///
/// @param seq number of the last message
/// @param hash of the last batch; unknown where a log begins at the floor of what others still hold
record End(long seq, Optional<Digest> hash) {
  /// Of a log that holds nothing yet.
  static final End START = new End(0, Optional.of(Digest.ZERO));

  static End after(Batch batch) {
    return new End(batch.lastSeq(), Optional.of(batch.hash()));
  }

  /// Whether the batch continues the log from here.
  boolean precedes(Batch batch) {
    return batch.firstSeq() == seq + 1 && hash.map(batch.previous()::equals).orElse(true);
  }
}
