package io.pychain.core.wire;

import io.pychain.core.message.Address;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.Lineage.Former;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Certificates and member records as the bytes that the authority and the members sign, and as
/// they are stored.
public final class RecordCodec {
  private RecordCodec() {}

  /// A certificate before it is signed.
  ///
  /// @param network for which network it holds
  /// @param guid the number given
  /// @param epoch the highest epoch that the holder may publish in, from 1
  /// @param keys the holder's key, and those that it had before
  /// @param issued now; kept to the microsecond
  /// @param invite that the holder was admitted by
  /// @param delegation of the authority to who signs, if that is another
  /// @param expires when it ends, if ever; kept to the microsecond
  public record Grant(
      NetworkId network,
      Guid guid,
      int epoch,
      Lineage keys,
      Instant issued,
      Optional<NodeKey> invite,
      Optional<Delegation> delegation,
      Optional<Instant> expires) {
    /// To somebody who came without an invitation.
    public Grant(NetworkId network, Guid guid, int epoch, NodeKey key, Instant issued) {
      this(
          network,
          guid,
          epoch,
          Lineage.of(key),
          issued,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /// Signs a certificate.
  ///
  /// @param signer the authority, or the delegate that the grant names
  /// @throws IllegalArgumentException if the grant is over a limit
  public static Certificate certify(Grant grant, Signer signer) {
    Writer out = new Writer(0);
    out.bytes(1, grant.network().digest().bytes());
    out.number(2, grant.guid().value());
    out.number(3, grant.epoch());
    out.bytes(4, grant.keys().key().bytes());
    out.number(5, Times.micros(grant.issued()));
    grant.invite().ifPresent(invite -> out.bytes(6, invite.bytes()));
    grant.delegation().ifPresent(delegation -> out.sealed(7, delegation.sealed()));
    grant.expires().ifPresent(end -> out.number(8, Times.micros(end)));
    grant.keys().former().forEach(before -> out.message(9, inner -> write(inner, before)));
    Bytes content = Bytes.wrap(out.toArray());
    byte[] signature = signer.sign(Domain.CERTIFICATE.statement(grant.network(), content));
    return Refusal.own(() -> read(new Sealed(content, Bytes.wrap(signature))));
  }

  /// Signs a contact; together with the certificate it is the member's record.
  ///
  /// @param signer the member; whoever signed the certificate, if the status is not its own to say
  /// @throws IllegalArgumentException if a text of the contact has control characters, or it is not
  ///   regular
  public static MemberRecord sign(Certificate certificate, Contact contact, Signer signer) {
    if (!contact.isRegular()) {
      throw new IllegalArgumentException("the highest number and a ban go together");
    }
    Bytes content = content(contact);
    Domain domain = contact.status().isOfAuthority() ? Domain.REVOCATION : Domain.CONTACT;
    byte[] statement = domain.statement(certificate.network(), content, certificate.sealed());
    Sealed sealed = new Sealed(content, Bytes.wrap(signer.sign(statement)));
    return Refusal.own(() -> read(certificate, sealed));
  }

  /// The record as bytes, for a store.
  public static byte[] encode(MemberRecord record) {
    Writer out = new Writer(record.length() + 16);
    write(out, record);
    return out.toArray();
  }

  /// Reads a record. The signatures are not looked at.
  ///
  /// @throws MalformedException if the bytes are no record, or one over a limit
  public static MemberRecord decode(Bytes bytes) throws MalformedException {
    return Refusal.of("record", () -> read(new Reader(bytes, "record")));
  }

  /// The certificate as bytes, for a store.
  public static byte[] encode(Certificate certificate) {
    Writer out = new Writer(certificate.sealed().length() + 16);
    out.bytes(1, certificate.sealed().content());
    out.bytes(2, certificate.sealed().signature());
    return out.toArray();
  }

  /// Reads a certificate. The signature is not looked at.
  ///
  /// @throws MalformedException if the bytes are no certificate, or one over a limit
  public static Certificate decodeCertificate(Bytes bytes) throws MalformedException {
    return Refusal.of("certificate", () -> readCertificate(new Reader(bytes, "certificate")));
  }

  /// Reads a certificate from what the authority signed. The signature is not looked at.
  ///
  /// @throws MalformedException if the content is that of no certificate
  public static Certificate certificate(Sealed sealed) throws MalformedException {
    return Refusal.of("certificate", () -> read(sealed));
  }

  private static void write(Writer out, Former before) {
    out.bytes(1, before.key().bytes());
    out.number(2, before.last());
    out.bytes(3, before.consent());
  }

  private static Former former(Reader in) throws MalformedException {
    NodeKey key = null;
    int last = 0;
    Bytes consent = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = key(in, "key");
        case 2 -> last = in.number("last", 1, Integer.MAX_VALUE);
        case 3 -> consent = in.bytes("consent", Sealed.SIGNATURE_LENGTH, Sealed.SIGNATURE_LENGTH);
        default -> in.skip();
      }
    }
    return new Former(
        in.required(key, "key"), in.positive(last, "last"), in.required(consent, "consent"));
  }

  static void write(Writer out, MemberRecord record) {
    out.sealed(1, record.certificate().sealed());
    out.sealed(2, record.sealed());
  }

  static MemberRecord read(Reader in) throws MalformedException {
    Certificate certificate = null;
    Sealed contact = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> certificate = readCertificate(in.message("certificate"));
        case 2 -> contact = SealedReader.read(in.message("contact"), WireLimits.CONTACT_BYTES_MAX);
        default -> in.skip();
      }
    }
    return read(in.required(certificate, "certificate"), in.required(contact, "contact"));
  }

  static Certificate readCertificate(Reader in) throws MalformedException {
    return read(SealedReader.read(in, WireLimits.CERTIFICATE_BYTES_MAX));
  }

  private static Certificate read(Sealed sealed) throws MalformedException {
    Reader in = new Reader(sealed.content(), "certificate");
    Bytes network = null;
    int guid = 0;
    int epoch = 0;
    NodeKey key = null;
    Instant issued = Instant.EPOCH;
    Optional<NodeKey> invite = Optional.empty();
    Optional<Delegation> delegation = Optional.empty();
    Optional<Instant> expires = Optional.empty();
    List<Former> former = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> network = in.bytes("network", Digest.LENGTH, Digest.LENGTH);
        case 2 -> guid = in.number("guid", 0, WireLimits.GUID_MAX);
        case 3 -> epoch = in.number("epoch", 1, Integer.MAX_VALUE);
        case 4 -> key = key(in, "key");
        case 5 -> issued = Times.read(in, "issued_micros");
        case 6 -> invite = Optional.of(key(in, "invite"));
        case 7 -> delegation = Optional.of(DelegationCodec.read(in.message("delegation")));
        case 8 -> expires = Optional.of(Times.read(in, "expires_micros"));
        case 9 -> {
          in.atMost("former", former.size() + 1, Lineage.FORMER_MAX);
          former.add(former(in.element("former")));
        }
        default -> in.skip();
      }
    }
    return new Certificate(
        new NetworkId(new Digest(in.required(network, "network"))),
        Guid.of(guid),
        in.positive(epoch, "epoch"),
        in.required(key, "key"),
        issued,
        invite,
        delegation,
        expires,
        former,
        sealed);
  }

  private static NodeKey key(Reader in, String name) throws MalformedException {
    return new NodeKey(in.bytes(name, NodeKey.LENGTH, NodeKey.LENGTH));
  }

  private static Bytes content(Contact contact) {
    Writer out = new Writer(0);
    out.number(1, contact.number());
    for (Address address : contact.addresses()) {
      out.message(2, inner -> write(inner, address));
    }
    for (String capability : contact.capabilities()) {
      out.textElement(3, capability);
    }
    out.text(4, contact.version());
    out.number(5, contact.protocol().min());
    out.number(6, contact.protocol().max());
    out.number(7, number(contact.status()));
    return Bytes.wrap(out.toArray());
  }

  private static void write(Writer out, Address address) {
    out.text(1, address.host());
    out.number(2, address.port());
  }

  private static MemberRecord read(Certificate certificate, Sealed sealed)
      throws MalformedException {
    Reader in = new Reader(sealed.content(), "contact");
    long number = 0;
    List<Address> addresses = new ArrayList<>();
    List<String> capabilities = new ArrayList<>();
    String version = "";
    int min = 0;
    int max = 0;
    Status status = Status.ACTIVE;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> number = in.number("number", 1, Long.MAX_VALUE);
        case 2 -> {
          in.atMost("addresses", addresses.size() + 1, Contact.ADDRESSES_MAX);
          addresses.add(address(in.element("address")));
        }
        case 3 -> {
          in.atMost("capabilities", capabilities.size() + 1, Contact.CAPABILITIES_MAX);
          capabilities.add(in.textElement("capabilities", Contact.WORD_LENGTH_MAX));
        }
        case 4 -> version = in.text("version", Contact.WORD_LENGTH_MAX);
        case 5 -> min = in.number("protocol_min", 1, Integer.MAX_VALUE);
        case 6 -> max = in.number("protocol_max", 1, Integer.MAX_VALUE);
        case 7 -> status = status(in.number("status", 0, Integer.MAX_VALUE));
        default -> in.skip();
      }
    }
    in.positive(number, "number");
    ProtocolRange protocol =
        new ProtocolRange(in.positive(min, "protocol_min"), in.positive(max, "protocol_max"));
    Contact contact = new Contact(number, addresses, capabilities, version, protocol, status);
    return new MemberRecord(certificate, contact, sealed);
  }

  private static int number(Status status) {
    return switch (status) {
      case ACTIVE -> 0;
      case LEFT -> 1;
      case REVOKED -> 2;
      case PARDONED -> 3;
    };
  }

  /// A status from a newer node counts as ACTIVE: at worst it is dialled in vain.
  private static Status status(int number) {
    for (Status status : Status.values()) {
      if (number(status) == number) {
        return status;
      }
    }
    return Status.ACTIVE;
  }

  private static Address address(Reader in) throws MalformedException {
    String host = "";
    int port = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> host = in.text("host", Address.HOST_LENGTH_MAX);
        case 2 -> port = in.number("port", 1, 65_535);
        default -> in.skip();
      }
    }
    return new Address(in.present(host, "host"), in.positive(port, "port"));
  }
}
