package io.pychain.node;

import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.CertificateConfig;
import io.pychain.core.message.Address;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.node.config.BootAddress;
import io.pychain.node.config.NodeConfig;
import java.util.List;

/// The protocol's bounds and delays as a real node has them: its defaults, what the operator set,
/// and queues that fit the heap.
final class ProtocolSettings {
  private ProtocolSettings() {}

  static ProtocolConfig of(NodeConfig config) {
    ProtocolConfig usual = ProtocolConfig.DEFAULT;
    return new ProtocolConfig(
        usual.base(),
        usual.links().with(config.maxUnresponsive()),
        usual.sync().with(config.networkSyncInterval(), config.networkSyncJitter()),
        usual.failure().with(config.maxUnresponsive(), config.guidTimeout(), linkAddresses(config)),
        new AdmissionConfig(
            config.admission(),
            usual.admission().tariff(),
            new CertificateConfig(config.certificateLifetime(), config.certificateGrace())),
        usual.batchBytesMax(),
        usual.batchMessagesMax(),
        config.messageBytesMax(),
        queueBytes(usual.publishQueueBytesMax(), config),
        queueBytes(usual.unpersistedBytesMax(), config),
        queueBytes(usual.pendingBytesMax(), config));
  }

  /// Boot nodes whose links are named; where only an API is, it is needed for joining alone.
  private static List<Address> linkAddresses(NodeConfig config) {
    return config.bootNodes().stream()
        .filter(BootAddress.Peer.class::isInstance)
        .map(entry -> ((BootAddress.Peer) entry).address())
        .toList();
  }

  /// There is always room for two largest messages.
  private static int queueBytes(int most, NodeConfig config) {
    return HeapShare.ofThisProcess().of(most, 2 * config.messageBytesMax());
  }
}
