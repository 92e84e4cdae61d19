package io.pychain.node.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    int from = text.indexOf(begin(label));
    int until = text.indexOf(end(label));
    if (from < 0 || until < from) {
      return Optional.empty();
    }
    String body = text.substring(from + begin(label).length(), until);
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
