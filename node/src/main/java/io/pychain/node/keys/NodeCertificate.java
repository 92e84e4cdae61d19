package io.pychain.node.keys;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.PublicKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// The self-signed X.509 certificate in which TLS wants a node's key wrapped.
///
/// It proves nothing but the key: who the key belongs to is said by the member record. It never
/// expires, so that no clock can part two nodes. It is kept in a file only to be spared the making
/// (and the loading of the code that makes it) at every start.
public final class NodeCertificate {
  private static final String LABEL = "CERTIFICATE";

  private NodeCertificate() {}

  /// Reads the certificate in the file; makes and writes it anew if there is none, or not that of
  /// the key.
  ///
  /// @throws IOException if the file cannot be read or written
  public static X509Certificate loadOrCreate(Path file, NodeKeys keys) throws IOException {
    Optional<X509Certificate> kept =
        SmallFile.read(file)
            .flatMap(text -> Pem.decode(LABEL, text))
            .flatMap(NodeCertificate::parse)
            .filter(certificate -> keyOf(certificate).stream().anyMatch(keys.key()::equals));
    if (kept.isPresent()) {
      return kept.get();
    }
    byte[] der = CertificateMaker.selfSigned(keys.signer());
    SmallFile.write(file, Pem.encode(LABEL, der));
    return parse(der).orElseThrow();
  }

  /// A certificate that is in no file.
  public static X509Certificate make(NodeKeys keys) {
    return parse(CertificateMaker.selfSigned(keys.signer())).orElseThrow();
  }

  /// The key that a certificate wraps; empty if it is of another kind, or one that is not let in.
  public static Optional<NodeKey> keyOf(X509Certificate certificate) {
    return Encodings.rawPublicKey(certificate.getPublicKey().getEncoded())
        .map(raw -> new NodeKey(Bytes.wrap(raw)))
        .filter(PublicKeys::acceptable);
  }

  private static Optional<X509Certificate> parse(byte[] der) {
    try {
      var in = new ByteArrayInputStream(der);
      var factory = CertificateFactory.getInstance("X.509");
      return Optional.of((X509Certificate) factory.generateCertificate(in));
    } catch (CertificateException damaged) {
      return Optional.empty();
    }
  }
}
