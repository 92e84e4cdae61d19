package io.pychain.node.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A private key and the certificates that vouch for it, as operators get them from an authority of
/// the web or make them with `openssl`: one file of PEM blocks.
///
/// @param key the private key
/// @param chain its certificate first, then those that signed it
public record PemIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  /// Reads both from one file, in whatever order they stand in it.
  ///
  /// @throws IOException if either is missing or of a form that is not read; it says what to do
  public static PemIdentity read(Path file) throws IOException {
    String text = text(file);
    SmallFile.requirePrivate(file);
    byte[] key =
        Pem.decode(KEY, text)
            .orElseThrow(() ->
                new IOException(
                    file
                        + " holds no BEGIN PRIVATE KEY; for keys of another form run"
                        + " openssl pkcs8 -topk8 -nocrypt"));
    return new PemIdentity(privateKey(file, key), certificates(file, text));
  }

  /// The certificates of a file, which may hold other things too.
  ///
  /// @throws IOException if there is none, or one that cannot be read
  public static List<X509Certificate> certificates(Path file) throws IOException {
    return certificates(file, text(file));
  }

  private static String text(Path file) throws IOException {
    Optional<String> text = SmallFile.read(file);
    if (text.isEmpty()) {
      throw new IOException(file + " does not exist");
    }
    return text.get();
  }

  private static List<X509Certificate> certificates(Path file, String text) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : Pem.decodeAll(CERTIFICATE, text)) {
        Certificate read = factory.generateCertificate(new ByteArrayInputStream(der));
        certificates.add((X509Certificate) read);
      }
    } catch (GeneralSecurityException malformed) {
      throw new IOException(file + " holds a certificate that cannot be read", malformed);
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + " holds no BEGIN CERTIFICATE");
    }
    return List.copyOf(certificates);
  }

  private static PrivateKey privateKey(Path file, byte[] der) throws IOException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException another) {
        // The next one may fit; told below if none does.
      }
    }
    throw new IOException(file + " holds a private key that is neither RSA, EC nor Ed25519");
  }
}
