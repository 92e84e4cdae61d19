package io.pychain.node;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.PublicKeys;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.RecordCodec;
import io.pychain.node.keys.Ed25519Scheme;
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
///
/// @param nonce that it was asked with
/// @param signature over the above, by the key in the certificate
/// @param certificate what the authority signed
public record StatusProof(Bytes nonce, Bytes signature, Sealed certificate) {
  /// Shortest nonce, in bytes: long enough never to come twice.
  public static final int NONCE_BYTES_MIN = 8;

  /// Longest nonce, in bytes.
  public static final int NONCE_BYTES_MAX = 64;

  private static final byte[] DOMAIN = "pychain/status/v1\0".getBytes(StandardCharsets.US_ASCII);

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

  /// Who has signed this.
  ///
  /// @param authority whose word on membership counts
  /// @param fresh the nonce that was made up for this question
  /// @throws IllegalArgumentException if it does not hold, with the reason
  public Certificate check(NodeKey authority, Bytes fresh) {
    require(nonce.equals(fresh), "it answers another question than the one that was asked");
    Certificate member = member();
    Ed25519Scheme scheme = new Ed25519Scheme();
    byte[] given = Domain.CERTIFICATE.statement(member.network(), certificate.content());
    require(
        PublicKeys.acceptable(authority)
            && scheme.verify(authority, given, certificate.signature()),
        "its certificate was not signed by this authority");
    byte[] answer = signedBytes(member.network(), member.guid(), nonce);
    require(
        PublicKeys.acceptable(member.key()) && scheme.verify(member.key(), answer, signature),
        "it does not hold the key of its certificate");
    return member;
  }

  private Certificate member() {
    try {
      return RecordCodec.certificate(certificate);
    } catch (MalformedException malformed) {
      throw new IllegalArgumentException("its certificate cannot be read", malformed);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
