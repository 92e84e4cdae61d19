package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Sealed;

/// Reads what was signed from the frame round it.
final class SealedReader {
  private SealedReader() {}

  /// The content and signature, which share the frame's array if they are at least half of it, and
  /// otherwise get their own: nobody shall hold eight mebibytes of frame by keeping a small part.
  static Sealed read(Reader in, int contentBytesMax) throws MalformedException {
    Bytes content = null;
    Bytes signature = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> content = in.bytes("content", 1, contentBytesMax);
        case 2 ->
            signature = in.bytes("signature", Sealed.SIGNATURE_LENGTH, Sealed.SIGNATURE_LENGTH);
        default -> in.skip();
      }
    }
    Bytes whole = in.required(content, "content");
    Bytes proof = in.required(signature, "signature");
    boolean shared = 2L * whole.length() >= whole.array().length;
    return shared ? new Sealed(whole, proof) : new Sealed(copy(whole), copy(proof));
  }

  private static Bytes copy(Bytes bytes) {
    return Bytes.wrap(bytes.toArray());
  }
}
