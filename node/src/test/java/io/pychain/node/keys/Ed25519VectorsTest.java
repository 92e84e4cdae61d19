package io.pychain.node.keys;

import static io.pychain.node.keys.EdwardsPoint.ORDER;
import static io.pychain.node.keys.EdwardsPoint.P;
import static io.pychain.node.keys.EdwardsPoint.little;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The kinds of signatures that the vectors of Wycheproof for Ed25519 try, and more of each: made
/// here, since the arithmetic at hand makes all of a kind where a list has some. Every engine says
/// of each what docs/protocol.md, section 4, says.
class Ed25519VectorsTest {
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(ONE);

  private final Random random = new Random(25_519);
  private final Judges judges = new Judges();
  private final Forgery signer = Forgery.of(random);

  /// RFC 8032, section 7.1: TEST 1, TEST 2, TEST 3, TEST SHA(abc).
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, '', "
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 72, "
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, af82, "
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42, "
        + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f, "
        + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
  })
  void signaturesOfTheStandardHold(String seed, String text, String signature) {
    byte[] key = Ed25519Engine.BouncyCastle.publicKeyOf(hex(seed));

    assertThat(judges.verdict(key, hex(text), hex(signature))).isTrue();
  }

  /// The ends of SHA-512's blocks of 128 bytes come after 64 bytes of R and key.
  @Test
  void textsOfAnyLengthCanBeSigned() {
    for (int length : new int[] {0, 1, 47, 48, 63, 64, 65, 127, 128, 192, 1_023, 1 << 16}) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      Forgery one = Forgery.of(signer.secret(), signer.nonce(), text);

      assertThat(one.holds(judges)).as("%s bytes", length).isTrue();
      assertThat(judges.verdict(one.key(), new byte[length + 1], one.signature())).isFalse();
    }
  }

  /// Where arithmetic by limbs carries, or forgets to.
  @Test
  void signaturesByExtremeNumbersHold() {
    List<BigInteger> extremes = new ArrayList<>();
    for (int bit = 0; bit < 252; bit += 21) {
      extremes.add(BigInteger.TWO.pow(bit));
      extremes.add(BigInteger.TWO.pow(bit + 1).subtract(ONE));
      extremes.add(ORDER.subtract(BigInteger.TWO.pow(bit)));
    }
    for (BigInteger secret : extremes) {
      for (BigInteger nonce : List.of(ONE, signer.nonce(), ORDER.subtract(ONE))) {
        assertThat(Forgery.of(secret, nonce, signer.text()).holds(judges))
            .as("secret %s, nonce %s", secret, nonce)
            .isTrue();
      }
    }
  }

  @Test
  void specialNumbersAreNoSignature() {
    List<BigInteger> special = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.TWO, MOST));
    for (BigInteger bound : List.of(ONE, ORDER, P, BigInteger.TWO.pow(255))) {
      special.addAll(List.of(bound.subtract(ONE), bound, bound.add(ONE)));
    }
    for (BigInteger r : special) {
      for (BigInteger s : special) {
        assertThat(signer.holds(judges, little(r), s)).as("R %s, S %s", r, s).isFalse();
      }
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < 64; length++) {
      assertThat(signer.holds(judges, Arrays.copyOf(signer.signature(), length))).isFalse();
      assertThat(signer.holds(judges, Arrays.copyOfRange(signer.signature(), 64 - length, 64)))
          .isFalse();
    }
  }

  @Test
  void nothingMayBeAddedToASignature() {
    byte[] whole = signer.signature();
    byte[] zero = {0};
    List<byte[]> overlong =
        List.of(
            Forgery.join(whole, zero),
            Forgery.join(zero, whole),
            Forgery.join(signer.r(), zero, little(signer.s())),
            Forgery.join(whole, new byte[] {0x20, 0x20}),
            Forgery.join(whole, signer.key()),
            Forgery.join(whole, whole),
            Forgery.join(whole, new byte[64]),
            Forgery.join(whole, new byte[100_000]));

    for (byte[] signature : overlong) {
      assertThat(signer.holds(judges, signature)).as("%s bytes", signature.length).isFalse();
    }
  }

  /// As a parser might do that takes R and S for numbers.
  @Test
  void zerosMayNotBeLeftOut() {
    int found = 0;
    for (int i = 0; found < 8; i++) {
      byte[] text = ("Test " + i).getBytes(StandardCharsets.US_ASCII);
      Forgery one = Forgery.of(signer.secret(), BigInteger.valueOf(7 + i), text);
      byte[] whole = one.signature();
      for (int place : new int[] {0, 31, 32, 63}) {
        if (whole[place] == 0) {
          byte[] shorter =
              Forgery.join(
                  Arrays.copyOf(whole, place), Arrays.copyOfRange(whole, place + 1, whole.length));
          assertThat(one.holds(judges, whole)).isTrue();
          assertThat(one.holds(judges, shorter)).as("without byte %s", place).isFalse();
          found++;
        }
      }
    }
  }

  @Test
  void signatureInAnotherFormIsNone() {
    byte[] r = signer.r();
    byte[] s = little(signer.s());
    byte[] number = {2, 32};
    byte[] twoNumbers = Forgery.join(new byte[] {0x30, 68}, number, r, number, s);
    List<byte[]> forms =
        List.of(
            twoNumbers,
            Arrays.copyOf(twoNumbers, 64),
            Forgery.join(new byte[] {4, 64}, signer.signature()),
            Forgery.join(new byte[] {3, 65, 0}, signer.signature()),
            HexFormat.of().formatHex(signer.signature()).getBytes(StandardCharsets.US_ASCII),
            Base64.getEncoder().encode(signer.signature()),
            Forgery.join(s, r),
            Forgery.join(reversed(r), reversed(s)));

    for (byte[] form : forms) {
      assertThat(signer.holds(judges, form)).as(Bytes.wrap(form).hex()).isFalse();
    }
  }

  /// S fits the changed R, so whoever compares fewer bits than it has, or the points without how
  /// they are written, would take it.
  @Test
  void eachBitOfRCounts() {
    for (int bit = 0; bit < 256; bit++) {
      byte[] r = signer.r();
      r[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(signer.holds(judges, r, signer.s(r))).as("bit %s", bit).isFalse();
      assertThat(signer.holds(judges, r, signer.s())).as("bit %s", bit).isFalse();
    }
  }

  @Test
  void somethingElseInPlaceOfRIsRefused() {
    byte[] flipped = signer.r();
    for (int i = 0; i < flipped.length; i++) {
      flipped[i] ^= (byte) 0xff;
    }
    byte[] ones = little(MOST);
    for (byte[] r : List.of(new byte[32], ones, flipped, little(P), signer.key())) {
      assertThat(signer.holds(judges, r, signer.s(r))).as(Bytes.wrap(r).hex()).isFalse();
    }
  }

  @Test
  void thereIsOneSForASignature() {
    for (BigInteger s = signer.s().add(ORDER); s.compareTo(MOST) <= 0; s = s.add(ORDER)) {
      assertThat(signer.holds(judges, signer.r(), s)).as("S + n·L").isFalse();
    }
    for (int bit = 0; bit < 256; bit++) {
      assertThat(signer.holds(judges, signer.r(), signer.s().flipBit(bit)))
          .as("bit %s", bit)
          .isFalse();
    }
    assertThat(signer.holds(judges, signer.r(), ORDER.subtract(signer.s()))).as("−S").isFalse();
  }

  @Test
  void signatureForAnotherTextOrOfAnotherKeyIsRefused() {
    Forgery other = Forgery.of(random);

    assertThat(signer.holds(judges, other.signature())).isFalse();
    assertThat(judges.verdict(other.key(), signer.text(), signer.signature())).isFalse();
    assertThat(judges.verdict(signer.key(), other.text(), signer.signature())).isFalse();
    assertThat(signer.holds(judges, signer.r(), other.s())).isFalse();
  }

  /// The same key and text, by the variants Ed25519ctx and Ed25519ph of RFC 8032.
  @Test
  void signatureByAVariantIsRefused() {
    byte[] seed = new byte[32];
    random.nextBytes(seed);
    byte[] key = Ed25519Engine.BouncyCastle.publicKeyOf(seed);
    byte[] text = new byte[64];
    byte[] signature = new byte[64];

    Ed25519.sign(seed, 0, new byte[] {1}, text, 0, text.length, signature, 0);
    assertThat(judges.verdict(key, text, signature)).as("with a context").isFalse();
    Ed25519.signPrehash(seed, 0, new byte[0], text, 0, signature, 0);
    assertThat(judges.verdict(key, text, signature)).as("of a hash").isFalse();
  }

  /// The secret is 0, so what is left of the key is its part of small order, with 0 the identity.
  @Test
  void keyOfSmallOrderHasSignedNothing() {
    for (int part = 0; part < 8; part++) {
      Forgery nobody =
          Forgery.of(BigInteger.ZERO, signer.nonce(), signer.text()).withSmall(part, 0);

      assertThat(nobody.holds(judges)).as("part %s", part).isFalse();
      assertThat(nobody.withoutNonce().withSmall(part, part).holds(judges)).isFalse();
    }
  }

  /// All 19 numbers from p on that fit into 255 bits, with either sign.
  @Test
  void keyThatIsNotCanonicalHasSignedNothing() {
    for (int more = 0; more < 19; more++) {
      byte[] key = little(P.add(BigInteger.valueOf(more)));
      for (int sign = 0; sign < 2; sign++) {
        key[31] |= (byte) (sign << 7);

        assertThat(judges.verdict(key, signer.text(), signer.signature())).isFalse();
        assertThat(judges.verdict(key, signer.text(), Forgery.join(little(ONE), new byte[32])))
            .as("p + %s", more)
            .isFalse();
      }
    }
  }

  @Test
  void keyThatIsAnyBytesHasSignedNothing() {
    for (int i = 0; i < 100; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);

      assertThat(judges.verdict(key, signer.text(), signer.signature())).isFalse();
    }
  }

  @Test
  void eachBitOfTheKeyCounts() {
    for (int bit = 0; bit < 256; bit++) {
      byte[] key = signer.key();
      key[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(judges.verdict(key, signer.text(), signer.signature())).isFalse();
    }
  }

  @Test
  void keyOfAnotherLengthIsNone() {
    for (int length : new int[] {0, 1, 31, 33, 64}) {
      byte[] key = Arrays.copyOf(signer.key(), length);

      assertThatIllegalArgumentException().isThrownBy(() -> new NodeKey(Bytes.wrap(key)));
    }
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
