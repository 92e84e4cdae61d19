package io.pychain.node.keys;

import io.pychain.core.message.NodeKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The standard forms of Ed25519 keys (RFC 8410). Each has one length, and so a fixed beginning:
///
/// ```
///   X.509 (public)   302a300506032b6570032100         ‖ 32 bytes
///   PKCS#8 (private) 302e020100300506032b657004220420 ‖ 32 bytes
/// ```
final class Encodings {
  private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PRIVATE = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private Encodings() {}

  /// The public key as the JDK wants it. Whether it is a point is found out when it is used.
  static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    return jdk().generatePublic(new X509EncodedKeySpec(joined(PUBLIC, raw)));
  }

  /// The private key as the JDK wants it.
  static PrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
    return jdk().generatePrivate(new PKCS8EncodedKeySpec(pkcs8(seed)));
  }

  /// The JDK's own key factory by name: whatever else is installed, TLS knows what this one makes.
  private static KeyFactory jdk() throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519", "SunEC");
  }

  static byte[] pkcs8(byte[] seed) {
    return joined(PRIVATE, seed);
  }

  static byte[] x509(byte[] publicKey) {
    return joined(PUBLIC, publicKey);
  }

  /// The seed in a PKCS#8 form; empty if it is not that of an Ed25519 key.
  static Optional<byte[]> seed(byte[] pkcs8) {
    return rest(PRIVATE, pkcs8);
  }

  /// The key in an X.509 form; empty if it is not that of an Ed25519 key.
  static Optional<byte[]> rawPublicKey(byte[] x509) {
    return rest(PUBLIC, x509);
  }

  private static Optional<byte[]> rest(byte[] prefix, byte[] encoded) {
    boolean fits =
        encoded.length == prefix.length + NodeKey.LENGTH
            && Arrays.equals(prefix, 0, prefix.length, encoded, 0, prefix.length);
    return fits
        ? Optional.of(Arrays.copyOfRange(encoded, prefix.length, encoded.length))
        : Optional.empty();
  }

  private static byte[] joined(byte[] prefix, byte[] raw) {
    byte[] all = Arrays.copyOf(prefix, prefix.length + raw.length);
    System.arraycopy(raw, 0, all, prefix.length, raw.length);
    return all;
  }
}
