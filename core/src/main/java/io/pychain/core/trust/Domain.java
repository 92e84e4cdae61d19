package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.Sealed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a signature is for. A signature given for one purpose, or in one network, is worth nothing
/// for another, because what is signed begins with both:
///
/// ```
///   domain ‖ 0x00 ‖ network id (32) ‖ SHA-256(content) (32)
///
///   a contact, a ruling:  … ‖ hash of the member's certificate (32)
/// ```
///
/// No domain is the beginning of another, and none of them begins like what TLS 1.3 has a node's
/// key sign (64 spaces) or like a DER structure (0x30), which the same key signs too.
public enum Domain {
  /// A batch, by its origin.
  BATCH("pychain/batch/1"),
  /// A certificate, by the authority.
  CERTIFICATE("pychain/certificate/1"),
  /// A contact, by the member whose it is; covers the member's certificate as well.
  CONTACT("pychain/contact/1"),
  /// An invitation, by the authority.
  INVITE("pychain/invite/1"),
  /// The key of a newcomer, by the key that is invited.
  INVITED("pychain/invited/1"),
  /// The right of another key to sign for the authority, by the authority.
  DELEGATION("pychain/delegation/1"),
  /// That another key takes over, by the key of a member until then.
  SUCCESSION("pychain/succession/1"),
  /// That it takes over, by the key that follows.
  ROTATION("pychain/rotation/1"),
  /// A ruling about a member, its ban or the end of it, by the authority; covers the member's
  /// certificate as well.
  REVOCATION("pychain/revocation/1"),
  /// The parameters of the network, by the authority.
  PARAMETERS("pychain/parameters/1"),
  /// Nothing that is ever shown: what the authority alone can compute and every boot node alike.
  SECRET("pychain/secret/1");

  private final String text;

  Domain(String text) {
    this.text = text;
  }

  /// The bytes to sign for this content in this network.
  public byte[] statement(NetworkId network, Bytes content) {
    return join(network.digest().bytes(), Sha256.of(content).bytes());
  }

  /// The bytes to sign for a contact with this certificate: in [#CONTACT] by the member, in
  /// [#REVOCATION] by the authority.
  public byte[] statement(NetworkId network, Bytes content, Sealed certificate) {
    return join(
        network.digest().bytes(), Sha256.of(content).bytes(), Sha256.of(certificate).bytes());
  }

  private byte[] join(Bytes... runs) {
    byte[] prefix = (text + '\0').getBytes(StandardCharsets.US_ASCII);
    int length = prefix.length;
    for (Bytes run : runs) {
      length += run.length();
    }
    ByteBuffer joined = ByteBuffer.allocate(length).put(prefix);
    for (Bytes run : runs) {
      joined.put(run.array(), run.offset(), run.length());
    }
    return joined.array();
  }
}
