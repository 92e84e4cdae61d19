package io.pychain.node.config;

import io.pychain.core.message.ProtocolRange;
import java.time.Duration;

/// The range of every number among the settings; [NodeConfig] says why.
final class Ranges {
  static final Range SYNC_INTERVAL = Range.time(Duration.ofMillis(100), Duration.ofDays(1));
  static final Range SYNC_JITTER = Range.time(Duration.ZERO, Duration.ofDays(1));
  static final Range PROTOCOL = Range.count(ProtocolRange.OWN.min(), ProtocolRange.OWN.max());
  static final Range UNRESPONSIVE = Range.count(1, 100);
  static final Range GUID_TIMEOUT = Range.time(Duration.ofSeconds(1), Duration.ofDays(3_650));
  static final Range CERTIFICATE_LIFETIME =
      Range.time(Duration.ofMinutes(1), Duration.ofDays(36_500));
  static final Range CERTIFICATE_GRACE = Range.time(Duration.ofMinutes(1), Duration.ofDays(3_650));
  static final Range MESSAGE_BYTES = Range.bytes(1, 8L << 20);
  static final Range RETENTION = Range.time(Duration.ofSeconds(1), Duration.ofDays(36_500));
  static final Range RETENTION_BYTES = Range.bytes(1, 1L << 40);

  private Ranges() {}
}
