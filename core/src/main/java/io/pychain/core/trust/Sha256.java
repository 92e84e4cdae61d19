package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Sealed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The one hash of the protocol.
public final class Sha256 {
  private Sha256() {}

  /// The hash of these bytes, one run after the other.
  public static Digest of(Bytes... runs) {
    MessageDigest sha = digest();
    for (Bytes run : runs) {
      sha.update(run.array(), run.offset(), run.length());
    }
    return new Digest(Bytes.wrap(sha.digest()));
  }

  /// The hash of what was signed together with its signature: SHA-256(SHA-256(content) ‖
  /// signature).
  ///
  /// It names a batch in the chain of its log, and a certificate in the contact that is bound to
  /// it.
  public static Digest of(Sealed sealed) {
    return of(of(sealed.content()).bytes(), sealed.signature());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
