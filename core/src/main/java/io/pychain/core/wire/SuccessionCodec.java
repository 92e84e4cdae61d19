package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.core.message.Succession;
import io.pychain.core.ring.Guid;

/// A member's wish for another key, inside a Join.
final class SuccessionCodec {
  private SuccessionCodec() {}

  static void write(Writer out, Succession wish) {
    out.number(1, wish.guid().value());
    out.number(2, wish.epoch());
    out.bytes(3, wish.former().bytes());
    out.bytes(4, wish.next().bytes());
    out.bytes(5, wish.consent());
    out.bytes(6, wish.proof());
  }

  static Succession read(Reader in) throws MalformedException {
    int guid = 0;
    int epoch = 0;
    Bytes former = null;
    Bytes next = null;
    Bytes consent = null;
    Bytes proof = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> guid = in.number("guid", 0, WireLimits.GUID_MAX);
        case 2 -> epoch = in.number("epoch", 1, Integer.MAX_VALUE);
        case 3 -> former = in.bytes("former", NodeKey.LENGTH, NodeKey.LENGTH);
        case 4 -> next = in.bytes("next", NodeKey.LENGTH, NodeKey.LENGTH);
        case 5 -> consent = signature(in, "consent");
        case 6 -> proof = signature(in, "proof");
        default -> in.skip();
      }
    }
    return new Succession(
        Guid.of(guid),
        in.positive(epoch, "epoch"),
        new NodeKey(in.required(former, "former")),
        new NodeKey(in.required(next, "next")),
        in.required(consent, "consent"),
        in.required(proof, "proof"));
  }

  private static Bytes signature(Reader in, String name) throws MalformedException {
    return in.bytes(name, Sealed.SIGNATURE_LENGTH, Sealed.SIGNATURE_LENGTH);
  }
}
