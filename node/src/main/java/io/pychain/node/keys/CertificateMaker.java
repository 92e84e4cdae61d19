package io.pychain.node.keys;

import io.pychain.core.trust.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/// Makes certificates. Apart from [NodeCertificate], so that Bouncy Castle is loaded only by a node
/// that needs a new one.
final class CertificateMaker {
  private static final AlgorithmIdentifier ED25519 =
      new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);

  /// From before any clock to the date that RFC 5280 gives to what does not expire.
  private static final Instant NOT_BEFORE = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant NOT_AFTER = Instant.parse("9999-12-31T23:59:59Z");

  private CertificateMaker() {}

  /// A certificate of the signer's key by itself, in DER form. Always the same for the same key.
  static byte[] selfSigned(Signer signer) {
    X500Name name = new X500Name("CN=" + signer.key());
    try {
      var key = new SubjectPublicKeyInfo(ED25519, signer.key().bytes().toArray());
      return new X509v3CertificateBuilder(
              name, BigInteger.ONE, Date.from(NOT_BEFORE), Date.from(NOT_AFTER), name, key)
          .build(new SignedBy(signer))
          .getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException("encoding into memory", e);
    }
  }

  /// Collects what is to be signed and has it signed at the end.
  private record SignedBy(Signer signer, ByteArrayOutputStream content) implements ContentSigner {
    SignedBy(Signer signer) {
      this(signer, new ByteArrayOutputStream());
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return ED25519;
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      return signer.sign(content.toByteArray());
    }
  }
}
