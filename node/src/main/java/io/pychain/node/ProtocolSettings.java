package io.pychain.node;

import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.node.config.NodeConfig;

/// The protocol's bounds and delays as a real node has them: its defaults, what the operator set,
/// and queues that fit the heap.
final class ProtocolSettings {
  /// Queues of the protocol take at most this part of the heap each.
  private static final int HEAP_PART = 16;

  private ProtocolSettings() {}

  static ProtocolConfig of(NodeConfig config) {
    ProtocolConfig usual = ProtocolConfig.DEFAULT;
    return new ProtocolConfig(
        usual.base(),
        usual.neighbours(),
        config.networkSyncInterval(),
        config.networkSyncJitter(),
        usual.headsInterval(),
        usual.fetchGrace(),
        usual.fetchTimeout(),
        usual.pingInterval(),
        usual.silence(),
        config.maxUnresponsive(),
        usual.redialMin(),
        usual.redialMax(),
        usual.batchBytesMax(),
        usual.batchMessagesMax(),
        config.messageBytesMax(),
        queueBytes(usual.publishQueueBytesMax(), config),
        queueBytes(usual.unpersistedBytesMax(), config),
        queueBytes(usual.pendingBytesMax(), config));
  }

  /// The default, or what the heap allows, but always room for two largest messages.
  private static int queueBytes(int most, NodeConfig config) {
    long share = Math.min(most, Runtime.getRuntime().maxMemory() / HEAP_PART);
    return (int) Math.max(share, 2L * config.messageBytesMax());
  }
}
