package io.pychain.node.keys;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.DelegationCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.RecordCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the holder of the authority's key hands to a boot node in place of that key: the right to
/// sign for a while, and the order in which GUIDs are dealt. A file of mode 0600, since of whoever
/// knows that order some may choose their places on the ring.
///
/// One PEM block:
///
/// ```
///   authority's key (32) ‖ secret (32) ‖ length (2) ‖ delegation ‖ certificate of GUID 0, if any
/// ```
///
/// @param authority who delegates
/// @param delegation to the key of one boot node
/// @param secret as in [Mandate]
/// @param founding the certificate of GUID 0, by which a new network begins
public record DelegationFile(
    NodeKey authority, Delegation delegation, Bytes secret, Optional<Certificate> founding) {
  /// How long a founding certificate founds. A network must not be founded twice, and an empty
  /// folder cannot tell whether it ever was.
  public static final Duration FOUNDING_TIME = Duration.ofHours(1);

  private static final String LABEL = "PYCHAIN DELEGATION";
  private static final int SECRET_LENGTH = 32;
  private static final int HEAD_LENGTH = NodeKey.LENGTH + SECRET_LENGTH;

  /// Makes one for a boot node of a network that there is.
  ///
  /// @param until when it ends
  public static DelegationFile make(
      NetworkInfo network, NodeKeys authority, NodeKey delegate, Instant until) {
    NetworkId id = Networks.idOf(network);
    return new DelegationFile(
        authority.key(),
        DelegationCodec.issue(id, delegate, until, authority.signer()),
        Mandate.ofAuthority(id, authority.signer()).secret(),
        Optional.empty());
  }

  /// Makes one by which a boot node founds a network.
  public static DelegationFile founding(
      NetworkInfo network, NodeKeys authority, NodeKey delegate, Instant now, Instant until) {
    DelegationFile plain = make(network, authority, delegate, until);
    var first = new RecordCodec.Grant(Networks.idOf(network), Guid.of(0), 1, delegate, now);
    return new DelegationFile(
        plain.authority(),
        plain.delegation(),
        plain.secret(),
        Optional.of(RecordCodec.certify(first, authority.signer())));
  }

  /// Writes it.
  ///
  /// @throws IOException if it cannot be written; it names the file
  public void write(Path file) throws IOException {
    byte[] by = DelegationCodec.encode(delegation);
    byte[] length = {(byte) (by.length >> 8), (byte) by.length};
    byte[] first = founding.map(RecordCodec::encode).orElse(new byte[0]);
    SmallFile.write(
        file,
        Pem.encode(
            LABEL, joined(authority.bytes().toArray(), secret.toArray(), length, by, first)));
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /// Reads it; empty if there is no such file. Signatures are looked at in [#mandate].
  ///
  /// @throws IOException if it cannot be read, holds no delegation, or may be read by others; the
  ///   text names the file and says what to do
  public static Optional<DelegationFile> load(Path file) throws IOException {
    Optional<String> text = SmallFile.read(file);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    SmallFile.requirePrivate(file);
    try {
      Bytes all = Bytes.wrap(Pem.decode(LABEL, text.get()).orElse(new byte[0]));
      return Optional.of(parse(all));
    } catch (MalformedException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
      throw new IOException(
          file + " holds no delegation: let \"pychain authority delegate\" make another", damaged);
    }
  }

  private static DelegationFile parse(Bytes all) throws MalformedException {
    int begin = HEAD_LENGTH + 2;
    int end = begin + ((all.at(begin - 2) & 0xff) << 8) + (all.at(begin - 1) & 0xff);
    Bytes rest = all.slice(end, all.length());
    return new DelegationFile(
        new NodeKey(all.slice(0, NodeKey.LENGTH)),
        DelegationCodec.decode(all.slice(begin, end)),
        Bytes.wrap(all.slice(NodeKey.LENGTH, HEAD_LENGTH).toArray()),
        rest.length() == 0 ? Optional.empty() : Optional.of(RecordCodec.decodeCertificate(rest)));
  }

  /// The right that it gives, which may have ended.
  ///
  /// @param own the key of this node
  /// @throws IOException if it is for another node or network, or not the authority's; the text
  ///   says what to do
  public Mandate mandate(NetworkInfo network, NodeKeys own) throws IOException {
    if (!delegation.delegate().equals(own.key())) {
      throw foreign(
          "it is made out to key " + delegation.delegate() + ", this node's is " + own.key());
    }
    Verifier verifier = new Verifier(network, new Ed25519Scheme(), new KnownKeys());
    if (!network.authority().equals(authority)
        || !delegation.network().equals(Networks.idOf(network))) {
      throw foreign(
          "it is for another network than \"%s\" of authority %s"
              .formatted(network.name(), network.authority()));
    }
    if (!verifier.verify(delegation)) {
      throw foreign("the authority did not sign it");
    }
    return new Mandate(own.signer(), Optional.of(delegation), secret);
  }

  private static IOException foreign(String why) {
    return new IOException(
        "the delegation cannot be used: "
            + why
            + ". Let \"pychain authority delegate\" make one with --key and --network of this"
            + " boot node");
  }

  /// The certificate by which this node may found a network now.
  public Optional<Certificate> founding(Instant now) {
    return founding.filter(first -> first.issued().plus(FOUNDING_TIME).isAfter(now));
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "DelegationFile(" + delegation.delegate() + ")";
  }
}
