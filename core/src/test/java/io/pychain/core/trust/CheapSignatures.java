package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import java.nio.ByteBuffer;

/// A stand-in for Ed25519, for tests that need thousands of signatures: the "signature" is a hash
/// of the key and the bytes, which anybody could make.
public final class CheapSignatures {
  /// Checks signatures.
  public static final SignatureScheme SCHEME =
      (key, bytes, signature) -> Bytes.wrap(sign(key, bytes)).equals(signature);

  private CheapSignatures() {}

  /// A signer; its key is made of the number.
  public static Signer signer(int number) {
    NodeKey key =
        new NodeKey(Sha256.of(Bytes.wrap(ByteBuffer.allocate(4).putInt(number).array())).bytes());
    return new Signer() {
      @Override
      public NodeKey key() {
        return key;
      }

      @Override
      public byte[] sign(byte[] bytes) {
        return CheapSignatures.sign(key, bytes);
      }
    };
  }

  private static byte[] sign(NodeKey key, byte[] bytes) {
    byte[] half = Sha256.of(key.bytes(), Bytes.wrap(bytes)).bytes().toArray();
    return ByteBuffer.allocate(64).put(half).put(half).array();
  }
}
