package io.pychain.simulator.world;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.core.trust.SignatureScheme;
import io.pychain.core.trust.Signer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// A stand-in for an Ed25519 key: a signature is SHA-256 over the public key and the bytes, twice.
///
/// Whoever knows a public key can forge it, which no simulated node does. What it proves is that
/// what was signed arrives unchanged and under the right name, at a microsecond instead of a
/// hundred.
///
/// @param key the public half, all there is
record StandInKey(NodeKey key) implements Signer {
  /// Checks signatures of stand-in keys.
  static final SignatureScheme SCHEME =
      (key, bytes, signature) -> signature.equals(Bytes.wrap(new StandInKey(key).sign(bytes)));

  /// The key of this name in the world of this seed.
  static StandInKey of(long seed, String name) {
    byte[] text = (seed + " " + name).getBytes(StandardCharsets.UTF_8);
    return new StandInKey(new NodeKey(Bytes.wrap(sha256().digest(text))));
  }

  @Override
  public byte[] sign(byte[] bytes) {
    MessageDigest sha = sha256();
    sha.update(key.bytes().toArray());
    byte[] hash = sha.digest(bytes);
    byte[] signature = Arrays.copyOf(hash, Sealed.SIGNATURE_LENGTH);
    System.arraycopy(hash, 0, signature, hash.length, Sealed.SIGNATURE_LENGTH - hash.length);
    return signature;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
