package io.pychain.node;

import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.ring.Base;
import io.pychain.node.config.NodeConfig;
import java.time.Duration;

/// The protocol's bounds and delays as a real node has them: its defaults, what the operator set,
/// and queues that fit the heap.
final class ProtocolSettings {
  /// Queues of the protocol take at most this part of the heap each.
  private static final int HEAP_PART = 16;

  private ProtocolSettings() {}

  static ProtocolConfig of(NodeConfig config, MemberRecord record) {
    return new ProtocolConfig(
        Base.of(4),
        2,
        record.contact().addresses(),
        PychainNode.VERSION,
        config.networkSyncInterval(),
        config.networkSyncJitter(),
        Duration.ofMillis(250),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        config.maxUnresponsive(),
        Duration.ofMillis(250),
        Duration.ofSeconds(30),
        256 << 10,
        2_048,
        config.messageBytesMax(),
        queueBytes(16 << 20, config),
        queueBytes(64 << 20, config),
        queueBytes(16 << 20, config));
  }

  /// The default, or what the heap allows, but always room for two largest messages.
  private static int queueBytes(int most, NodeConfig config) {
    long share = Math.min(most, Runtime.getRuntime().maxMemory() / HEAP_PART);
    return (int) Math.max(share, 2L * config.messageBytesMax());
  }
}
