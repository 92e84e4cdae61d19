package io.pychain.node.link;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.RecordCodec;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/// An authority, and what it certifies.
final class TestNetwork {
  private final NodeKeys authority = NodeKeys.generate();
  private final NetworkInfo info;

  TestNetwork(String name) {
    this.info = new NetworkInfo(name, authority.key());
  }

  NetworkInfo info() {
    return info;
  }

  Mandate mandate() {
    return Mandate.ofAuthority(id(), authority.signer());
  }

  NetworkId id() {
    return Networks.idOf(info);
  }

  Certificate certify(int guid, NodeKey key) {
    return RecordCodec.certify(
        new RecordCodec.Grant(id(), new Guid(guid), 1, key, Instant.EPOCH), authority.signer());
  }

  MemberRecord record(int guid, NodeKeys keys, Address address, String... capabilities) {
    return record(guid, keys, contact(address, ProtocolRange.OWN, capabilities));
  }

  private static Contact contact(Address address, ProtocolRange versions, String... capabilities) {
    return new Contact(
        1, List.of(address), List.of(capabilities), "test", versions, Contact.Status.ACTIVE);
  }

  private MemberRecord record(int guid, NodeKeys keys, Contact contact) {
    return RecordCodec.sign(certify(guid, keys.key()), contact, keys.signer());
  }

  /// A batch of one message, the first of its log.
  Batch batch(int guid, NodeKeys keys, byte[] payload) {
    return batch(guid, keys, new Message("application/octet-stream", Bytes.wrap(payload)));
  }

  /// The first batch of a member, of this message.
  Batch batch(int guid, NodeKeys keys, Message message) {
    var draft =
        new BatchCodec.Draft(
            new LogId(new Guid(guid), 1), 1, Digest.ZERO, Instant.EPOCH, List.of(message));
    return BatchCodec.seal(draft, id(), keys.signer());
  }

  /// A member that is up.
  TestNode member(int guid, String... capabilities) throws IOException {
    return TestNode.start(this, guid, TransportConfig.on(anyPort()), capabilities);
  }

  /// A member that is up, with limits of its own.
  TestNode member(int guid, TransportConfig config) throws IOException {
    return TestNode.start(this, guid, config);
  }

  /// A member that is up and speaks these versions of the protocol.
  TestNode member(int guid, ProtocolRange versions) throws IOException {
    return TestNode.start(this, guid, versions);
  }

  /// The same record, of a node that speaks these versions of the protocol.
  MemberRecord speaking(ProtocolRange versions, MemberRecord record, NodeKeys keys) {
    Address address = record.contact().addresses().getFirst();
    return record(record.guid().value(), keys, contact(address, versions));
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
