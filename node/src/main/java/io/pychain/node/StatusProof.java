package io.pychain.node;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NetworkId;
import io.pychain.core.ring.Guid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a node signs to prove that it is a certain member, in answer to a nonce.
///
/// ```
///   "pychain/status/v1" ‖ 0x00 ‖ network id (32 bytes) ‖ GUID (4, big-endian) ‖ nonce (8 to 64)
/// ```
///
/// The domain in front keeps the signature from passing for that of a batch or record, and the
/// nonce from having been made for another day.
public final class StatusProof {
  /// Shortest nonce, in bytes: long enough never to come twice.
  public static final int NONCE_BYTES_MIN = 8;

  /// Longest nonce, in bytes.
  public static final int NONCE_BYTES_MAX = 64;

  private static final byte[] DOMAIN = "pychain/status/v1\0".getBytes(StandardCharsets.US_ASCII);

  private StatusProof() {}

  /// The bytes that are signed.
  ///
  /// @throws IllegalArgumentException if the nonce is too short or too long
  public static byte[] signedBytes(NetworkId network, Guid guid, Bytes nonce) {
    if (nonce.length() < NONCE_BYTES_MIN || nonce.length() > NONCE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a nonce has " + NONCE_BYTES_MIN + " to " + NONCE_BYTES_MAX + " bytes");
    }
    byte[] id = network.digest().bytes().toArray();
    return ByteBuffer.allocate(DOMAIN.length + id.length + Integer.BYTES + nonce.length())
        .put(DOMAIN)
        .put(id)
        .putInt(guid.value())
        .put(nonce.toArray())
        .array();
  }
}
