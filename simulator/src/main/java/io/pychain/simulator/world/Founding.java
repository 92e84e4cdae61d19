package io.pychain.simulator.world;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The network that a world plays in: its name, its authority, and the papers that it gives.
final class Founding {
  private final StandInKey authority;
  private final NetworkInfo network;

  Founding(long seed) {
    authority = StandInKey.of(seed, "authority");
    network = new NetworkInfo("simulated", authority.key());
  }

  NetworkInfo network() {
    return network;
  }

  Mandate mandate() {
    return Mandate.ofAuthority(Networks.idOf(network), authority);
  }

  /// A certificate as a boot node would give it in the moment the world begins.
  Certificate certify(Guid guid, NodeKey key) {
    return RecordCodec.certify(
        new RecordCodec.Grant(Networks.idOf(network), guid, 1, key, Timeline.BEGINNING), authority);
  }

  /// The record that a member of this configuration makes of itself when it starts.
  ///
  /// @param now by its clock
  /// @param before the newest that it has made so far, if any
  MemberRecord record(Starting start, Instant now, Optional<MemberRecord> before) {
    Certificate certificate = start.certificate();
    List<String> capabilities = certificate.guid().value() == 0 ? List.of(Contact.BOOT) : List.of();
    long last = before.filter(record -> !record.isRevoked()).map(MemberRecord::number).orElse(0L);
    Contact contact =
        new Contact(
            Math.max(last + 1, now.getEpochSecond()),
            List.of(start.address()),
            capabilities,
            "simulated",
            start.protocol(),
            Status.ACTIVE);
    return RecordCodec.sign(certificate, contact, start.signer());
  }

  /// A member about to start.
  ///
  /// @param certificate its GUID
  /// @param address where it takes links
  /// @param signer its key
  /// @param protocol versions that it speaks
  record Starting(
      Certificate certificate, Address address, Signer signer, ProtocolRange protocol) {}

  /// The message with which a member once joined.
  Batch joined(Guid guid, Signer member) {
    Message event =
        new Message(
            Message.EVENT,
            Bytes.utf8("{\"event\":{\"name\":\"PEER_JOINED\",\"args\":{\"guid\":" + guid + "}}}"));
    LogId log = new LogId(guid, 1);
    var draft = new BatchCodec.Draft(log, 1, Digest.ZERO, Timeline.BEGINNING, List.of(event));
    return BatchCodec.seal(draft, Networks.idOf(network), member);
  }

  /// Where the machine of this index takes links.
  static Address addressOf(int index) {
    return new Address("node-" + index, 9000);
  }
}
