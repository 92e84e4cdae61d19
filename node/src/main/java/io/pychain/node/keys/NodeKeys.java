package io.pychain.node.keys;

import io.pychain.core.message.NodeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Optional;

/// An Ed25519 key pair, kept in a file: a node's own, or the authority's of a boot node.
///
/// The file holds two PEM blocks, the private key (PKCS#8) and the public one (X.509), so that
/// `openssl pkey -in node-key` reads it. A file with the private block alone will do too. Its mode
/// is 0600 from the first moment on.
public final class NodeKeys {
  private static final String PRIVATE_LABEL = "PRIVATE KEY";
  private static final String PUBLIC_LABEL = "PUBLIC KEY";
  private static final byte[] PROBE =
      "do these halves belong together?".getBytes(StandardCharsets.US_ASCII);

  private final KeyPairBytes pair;
  private final Ed25519Engine engine;
  private final EdSigner signer;

  private NodeKeys(KeyPairBytes pair, Ed25519Engine engine) {
    this.pair = pair;
    this.engine = engine;
    this.signer = new EdSigner(engine, pair);
  }

  /// Reads the key in the file, or makes one and writes it there if there is no such file.
  ///
  /// @throws IOException if the file cannot be read or made, holds no key, or may be used by
  ///   others; the text names the file and says what to do
  public static NodeKeys loadOrCreate(Path file) throws IOException {
    Optional<NodeKeys> found = load(file);
    if (found.isPresent()) {
      return found.get();
    }
    NodeKeys made = generate();
    SmallFile.write(file, made.pem());
    return made;
  }

  /// Reads the key in the file; empty if there is no such file.
  ///
  /// @throws IOException as for [#loadOrCreate]
  public static Optional<NodeKeys> load(Path file) throws IOException {
    Optional<String> text = SmallFile.read(file);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    SmallFile.requirePrivate(file);
    return Optional.of(parse(file, text.get()));
  }

  /// A new key that is in no file.
  public static NodeKeys generate() {
    try {
      KeyPair made = KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
      byte[] seed = Encodings.seed(made.getPrivate().getEncoded()).orElseThrow();
      byte[] key = Encodings.rawPublicKey(made.getPublic().getEncoded()).orElseThrow();
      return new NodeKeys(new KeyPairBytes(seed, key), Ed25519Engine.fastest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes Ed25519 keys", e);
    }
  }

  /// The key of a seed, that is in no file.
  ///
  /// @param seed 32 bytes
  static NodeKeys ofSeed(byte[] seed) {
    byte[] key = Ed25519Engine.BouncyCastle.publicKeyOf(seed);
    return new NodeKeys(new KeyPairBytes(seed, key), Ed25519Engine.fastest());
  }

  /// The private half.
  byte[] seed() {
    return pair.seed();
  }

  private static NodeKeys parse(Path file, String text) throws IOException {
    byte[] seed =
        Pem.decode(PRIVATE_LABEL, text)
            .flatMap(Encodings::seed)
            .orElseThrow(() -> unusable(file, "no Ed25519 private key in PEM form (PKCS#8)"));
    byte[] key =
        Pem.decode(PUBLIC_LABEL, text)
            .flatMap(Encodings::rawPublicKey)
            .orElseGet(() -> Ed25519Engine.BouncyCastle.publicKeyOf(seed));
    NodeKeys keys = new NodeKeys(new KeyPairBytes(seed, key), Ed25519Engine.fastest());
    if (!keys.halvesMatch()) {
      throw unusable(file, "a private and a public key that do not belong together");
    }
    return keys;
  }

  private static IOException unusable(Path file, String what) {
    return new IOException(
        file
            + " holds "
            + what
            + ": restore it from a copy, or delete it to start with a new key,"
            + " which makes this a new member with a new GUID");
  }

  private boolean halvesMatch() {
    return engine.verify(pair.publicKey(), PROBE, engine.sign(pair, PROBE));
  }

  private String pem() {
    return Pem.encode(PRIVATE_LABEL, Encodings.pkcs8(pair.seed()))
        + Pem.encode(PUBLIC_LABEL, Encodings.x509(pair.publicKey()));
  }

  /// The public half.
  public NodeKey key() {
    return signer.key();
  }

  /// Signs with this key.
  public EdSigner signer() {
    return signer;
  }

  /// The private half, for TLS.
  public PrivateKey privateKey() {
    try {
      return Encodings.privateKey(pair.seed());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK reads Ed25519 keys", e);
    }
  }

  @Override
  public String toString() {
    return "NodeKeys(" + key() + ")";
  }
}
