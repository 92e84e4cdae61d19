package io.pychain.node.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every engine that runs here passes the same tests.
class Ed25519SchemeTest {
  private static final byte[] TEXT = "what was signed".getBytes(StandardCharsets.US_ASCII);

  static Stream<Ed25519Engine> engines() {
    Stream<Ed25519Engine> portable = Stream.of(new Ed25519Engine.BouncyCastle());
    return Ed25519Engine.Accp.works()
        ? Stream.concat(portable, Stream.of(new Ed25519Engine.Accp()))
        : portable;
  }

  /// RFC 8032, section 7.1, TEST 3.
  @ParameterizedTest
  @MethodSource("engines")
  void signaturesAreThoseOfTheStandard(Ed25519Engine engine) {
    byte[] seed = hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
    byte[] key = hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");

    EdSigner signer = new EdSigner(engine, new KeyPairBytes(seed, key));

    assertThat(signer.sign(hex("af82")))
        .isEqualTo(
            hex(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void ownSignatureHoldsAndNoOther(Ed25519Engine engine) {
    NodeKeys keys = NodeKeys.generate();
    byte[] signature = keys.signer().sign(TEXT);
    Ed25519Scheme scheme = new Ed25519Scheme(engine);

    assertThat(scheme.verify(keys.key(), TEXT, Bytes.wrap(signature))).isTrue();
    assertThat(scheme.verify(NodeKeys.generate().key(), TEXT, Bytes.wrap(signature))).isFalse();
    assertThat(scheme.verify(keys.key(), new byte[] {1}, Bytes.wrap(signature))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyFlippedBitBreaksTheSignature(Ed25519Engine engine) {
    NodeKeys keys = NodeKeys.generate();
    Ed25519Scheme scheme = new Ed25519Scheme(engine);

    for (int bit = 0; bit < 512; bit++) {
      byte[] signature = keys.signer().sign(TEXT);
      signature[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(scheme.verify(keys.key(), TEXT, Bytes.wrap(signature)))
          .as("bit %s", bit)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void signatureOfAnotherLengthIsNone(Ed25519Engine engine) {
    NodeKeys keys = NodeKeys.generate();
    Bytes signature = Bytes.wrap(keys.signer().sign(TEXT));
    Ed25519Scheme scheme = new Ed25519Scheme(engine);

    assertThat(scheme.verify(keys.key(), TEXT, signature.slice(0, 63))).isFalse();
    assertThat(scheme.verify(keys.key(), TEXT, Bytes.EMPTY)).isFalse();
  }

  /// With the identity point as key, the identity and a zero sign every text.
  @ParameterizedTest
  @MethodSource("engines")
  void keyOfSmallOrderHasSignedNothing(Ed25519Engine engine) {
    NodeKey identity = NodeKey.fromHex("01" + "00".repeat(31));
    Bytes forged = Bytes.fromHex("01" + "00".repeat(63));

    assertThat(new Ed25519Scheme(engine).verify(identity, TEXT, forged)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatIsNoPointHasSignedNothing(Ed25519Engine engine) {
    NodeKey nowhere = NodeKey.fromHex("02" + "00".repeat(31));
    NodeKey overTheField = NodeKey.fromHex("ff".repeat(32));
    Bytes any = Bytes.wrap(NodeKeys.generate().signer().sign(TEXT));

    assertThat(new Ed25519Scheme(engine).verify(nowhere, TEXT, any)).isFalse();
    assertThat(new Ed25519Scheme(engine).verify(overTheField, TEXT, any)).isFalse();
  }

  private static byte[] hex(String digits) {
    return Bytes.fromHex(digits).toArray();
  }
}
