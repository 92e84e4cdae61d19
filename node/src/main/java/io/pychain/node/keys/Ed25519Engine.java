package io.pychain.node.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Who does the arithmetic of Ed25519. All give the same signatures and, for keys of prime order,
/// the same verdicts; they differ in speed (195 bytes, one core, microseconds):
///
/// | | verify | sign | runs on |
/// | --- | --- | --- | --- |
/// | [Accp] | 31 | 17 | Linux on x86-64 and arm64, macOS on arm64 |
/// | [BouncyCastle] | 135 | 27 | everywhere |
/// | the JDK, not used | 500 | 490 | everywhere |
///
/// What is signed is a statement of some hundred bytes; [Accp] throws from 1 MiB on.
///
/// Safe for many threads.
sealed interface Ed25519Engine {
  /// Length of a signature in bytes.
  int SIGNATURE_LENGTH = 64;

  /// Whether the signature over the bytes is that of the key; false for what is no key.
  boolean verify(byte[] publicKey, byte[] bytes, byte[] signature);

  /// Signs the bytes.
  byte[] sign(KeyPairBytes pair, byte[] bytes);

  /// The fastest that works on this machine.
  static Ed25519Engine fastest() {
    return Accp.works() ? new Accp() : new BouncyCastle();
  }

  /// AWS-LC, native code behind the JCA.
  ///
  /// Keys are made by the JDK and translated: ACCP's own key factory exists on request only, and
  /// what it makes is unknown to the JDK's TLS. Making a key anew for each signature costs nothing
  /// that can be measured, so none is cached.
  record Accp() implements Ed25519Engine {
    private static final String ALGORITHM = "Ed25519";

    /// Whether there is native code for this platform, and it loads.
    static boolean works() {
      return AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null;
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] bytes, byte[] signature) {
      try {
        Signature verifier = Signature.getInstance(ALGORITHM, provider());
        verifier.initVerify(Encodings.publicKey(publicKey));
        verifier.update(bytes);
        return verifier.verify(signature);
      } catch (GeneralSecurityException notAKeyOrSignature) {
        return false;
      }
    }

    @Override
    public byte[] sign(KeyPairBytes pair, byte[] bytes) {
      try {
        Signature signer = Signature.getInstance(ALGORITHM, provider());
        signer.initSign(Encodings.privateKey(pair.seed()));
        signer.update(bytes);
        return signer.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a provider that passed its self-tests cannot sign", e);
      }
    }

    private static Provider provider() {
      return AmazonCorrettoCryptoProvider.INSTANCE;
    }
  }

  /// Bouncy Castle's arithmetic without its provider, which would take longer to load than to use.
  ///
  /// Its equation overlooks parts of small order: whoever adds one to R has a signature that holds
  /// here and nowhere else. So R is looked at by itself, at the cost of a second verification.
  record BouncyCastle() implements Ed25519Engine {
    private static final byte[] IDENTITY = Arrays.copyOf(new byte[] {1}, KeyPairBytes.LENGTH);

    @Override
    public boolean verify(byte[] publicKey, byte[] bytes, byte[] signature) {
      return signature.length == SIGNATURE_LENGTH
          && Ed25519.verify(signature, 0, publicKey, 0, bytes, 0, bytes.length)
          && (isIdentity(signature) || isOfPrimeOrder(signature));
    }

    /// Whether the first 32 bytes are a point without a part of small order, written canonically.
    static boolean isOfPrimeOrder(byte[] point) {
      return Ed25519.validatePublicKeyFull(point, 0);
    }

    private static boolean isIdentity(byte[] point) {
      return Arrays.equals(point, 0, IDENTITY.length, IDENTITY, 0, IDENTITY.length);
    }

    @Override
    public byte[] sign(KeyPairBytes pair, byte[] bytes) {
      byte[] signature = new byte[SIGNATURE_LENGTH];
      byte[] seed = pair.seed();
      byte[] key = pair.publicKey();
      Ed25519.sign(seed, 0, key, 0, bytes, 0, bytes.length, signature, 0);
      return signature;
    }

    /// The public half of a seed.
    static byte[] publicKeyOf(byte[] seed) {
      byte[] key = new byte[KeyPairBytes.LENGTH];
      Ed25519.generatePublicKey(seed, 0, key, 0);
      return key;
    }
  }
}
