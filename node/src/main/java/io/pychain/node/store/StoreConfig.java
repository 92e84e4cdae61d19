package io.pychain.node.store;

import java.nio.file.Path;
import java.time.Duration;

/// Where the store is and what it may use.
///
/// @param folder the node's STORAGE_DIR; made with mode 0700 if it is not there
/// @param retentionAge after which messages may be pruned (RETENTION_SECONDS). Default 7 days
/// @param retentionBytes sealed bytes of batches beyond which the oldest are pruned
///   (RETENTION_BYTES). Default 1 GiB
/// @param readers connections that read at the same time; each costs up to 0.5 MiB of page cache. 1
///   to 8; default 2
public record StoreConfig(Path folder, Duration retentionAge, long retentionBytes, int readers) {
  /// Bounds of [#readers].
  public static final int READERS_MAX = 8;

  /// @throws IllegalArgumentException if a number is out of its range
  public StoreConfig {
    if (retentionAge.isNegative() || retentionBytes < 0) {
      throw new IllegalArgumentException("what is retained cannot be less than nothing");
    }
    if (readers < 1 || readers > READERS_MAX) {
      throw new IllegalArgumentException("1 to " + READERS_MAX + " readers, not " + readers);
    }
  }

  /// The defaults, in this folder.
  public static StoreConfig in(Path folder) {
    return new StoreConfig(folder, Duration.ofDays(7), 1L << 30, 2);
  }
}
