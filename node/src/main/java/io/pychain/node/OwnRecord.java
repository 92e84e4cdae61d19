package io.pychain.node;

import io.pychain.core.message.Address;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Stored;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.RecordCodec;
import io.pychain.node.config.NodeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a node says of itself, signed anew at every start.
final class OwnRecord {
  private final NodeConfig config;
  private final Membership membership;
  private final int port;

  /// @param port that links are taken at
  OwnRecord(NodeConfig config, Membership membership, int port) {
    this.config = config;
    this.membership = membership;
    this.port = port;
  }

  /// The record, newer than the one that the store holds.
  MemberRecord sign(Stored stored, Instant now, Signer signer) throws IOException {
    Optional<MemberRecord> before =
        stored.records().stream()
            .filter(record -> record.guid().equals(membership.certificate().guid()))
            .findFirst();
    long last = before.filter(record -> !record.isRevoked()).map(MemberRecord::number).orElse(0L);
    long number = Math.max(now.getEpochSecond(), last + 1);
    boolean boot = membership.authority().isPresent();
    Contact contact =
        new Contact(
            number,
            List.of(address(before)),
            boot ? List.of(Contact.BOOT) : List.of(),
            PychainNode.VERSION,
            ProtocolRange.OWN.upTo(config.protocolMax()),
            Status.ACTIVE);
    return RecordCodec.sign(membership.certificate(), contact, signer);
  }

  /// What others dial: what the operator says, where the boot node saw this node, where it was
  /// before, where it listens.
  private Address address(Optional<MemberRecord> before) throws IOException {
    if (config.advertise().isPresent()) {
      return config.advertise().get().orPort(port);
    }
    Optional<String> seen =
        membership
            .observedHost()
            .or(() -> before.flatMap(OwnRecord::host))
            .filter(_ -> membership.authority().isEmpty());
    return new Address(seen.isPresent() ? seen.get() : listenHost(), port);
  }

  private static Optional<String> host(MemberRecord record) {
    return record.contact().addresses().stream().map(Address::host).findFirst();
  }

  private String listenHost() throws IOException {
    String host = config.peerListen().host();
    return InetAddress.getByName(host).isAnyLocalAddress() ? ownHost() : host;
  }

  /// The machine's first address that others may reach, else the loopback one.
  private static String ownHost() throws IOException {
    return NetworkInterface.networkInterfaces()
        .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
        .flatMap(face -> face.getInterfaceAddresses().stream())
        .map(InterfaceAddress::getAddress)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .min(Comparator.comparingInt(address -> address.getAddress().length))
        .map(InetAddress::getHostAddress)
        .orElse("127.0.0.1");
  }
}
