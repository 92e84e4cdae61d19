package io.pychain.node.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Text form of keys and certificates (RFC 7468), as every tool reads it.
final class Pem {
  private static final int LINE_LENGTH = 64;
  private static final Base64.Encoder ENCODER =
      Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});

  private Pem() {}

  static String encode(String label, byte[] der) {
    return begin(label) + "\n" + ENCODER.encodeToString(der) + "\n" + end(label) + "\n";
  }

  /// The first block with that label; empty if there is none that is whole.
  static Optional<byte[]> decode(String label, String text) {
    return decodeAll(label, text).stream().findFirst();
  }

  /// All blocks with that label, up to the first that is not whole.
  static List<byte[]> decodeAll(String label, String text) {
    List<byte[]> blocks = new ArrayList<>();
    int from = text.indexOf(begin(label));
    while (from >= 0) {
      int until = text.indexOf(end(label), from);
      Optional<byte[]> block =
          until < 0
              ? Optional.empty()
              : decode(text.substring(from + begin(label).length(), until));
      if (block.isEmpty()) {
        break;
      }
      blocks.add(block.get());
      from = text.indexOf(begin(label), until);
    }
    return blocks;
  }

  private static Optional<byte[]> decode(String body) {
    try {
      return Optional.of(Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
