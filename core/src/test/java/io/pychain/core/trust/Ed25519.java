package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// The JDK's own Ed25519, for tests: slow, but everywhere, and the same seed gives the same key and
/// the same signatures for ever.
public final class Ed25519 {
  /// What stands before the key in a SubjectPublicKeyInfo.
  private static final byte[] X509_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");

  /// Checks signatures.
  public static final SignatureScheme SCHEME = Ed25519::verify;

  private Ed25519() {}

  /// A signer whose private key is this byte, 32 times.
  public static Signer signer(int seed) {
    byte[] privateKey = new byte[32];
    Arrays.fill(privateKey, (byte) seed);
    KeyPair pair = pair(new FixedBytes(privateKey));
    byte[] x509 = pair.getPublic().getEncoded();
    NodeKey key =
        new NodeKey(Bytes.wrap(Arrays.copyOfRange(x509, X509_HEADER.length, x509.length)));
    return new Signer() {
      @Override
      public NodeKey key() {
        return key;
      }

      @Override
      public byte[] sign(byte[] bytes) {
        return Ed25519.sign(pair, bytes);
      }
    };
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] sign(KeyPair pair, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static boolean verify(NodeKey key, byte[] bytes, Bytes signed) {
    try {
      byte[] x509 = Arrays.copyOf(X509_HEADER, X509_HEADER.length + NodeKey.LENGTH);
      System.arraycopy(key.bytes().toArray(), 0, x509, X509_HEADER.length, NodeKey.LENGTH);
      PublicKey publicKey =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(publicKey);
      signature.update(bytes);
      return signed.length() == Sealed.SIGNATURE_LENGTH && signature.verify(signed.toArray());
    } catch (GeneralSecurityException noKey) {
      return false;
    }
  }

  /// Luck that is none.
  private static final class FixedBytes extends SecureRandom {
    private final byte[] bytes;

    FixedBytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
