package io.pychain.core.message;

/// What was signed, byte for byte as its signer wrote it, with the signature.
///
/// The bytes are kept and passed on verbatim, never encoded anew, so that fields which this version
/// does not know survive and signatures stay valid.
///
/// @param content the signed bytes
/// @param signature 64 bytes of Ed25519
public record Sealed(Bytes content, Bytes signature) {
  /// Length of a signature in bytes.
  public static final int SIGNATURE_LENGTH = 64;

  /// @throws IllegalArgumentException if the signature has not 64 bytes
  public Sealed {
    if (signature.length() != SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("a signature has 64 bytes, not " + signature.length());
    }
  }

  /// Both together, in bytes.
  public int length() {
    return content.length() + signature.length();
  }
}
