package io.pychain.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Signatures that no honest signer makes, on which libraries are known to differ: all engines come
/// to the same verdict, or an attacker could split the network with one batch.
class Ed25519EdgesTest {
  private static final int TRIALS = 40;

  private final Random random = new Random(8_032);
  private final Ed25519Scheme portable = Ed25519Scheme.portable();
  private final Ed25519Scheme fast = new Ed25519Scheme();

  /// What a signer with these secrets and parts of small order would sign.
  private final class Forgery {
    private final BigInteger secret = new BigInteger(252, random);
    private final BigInteger nonce;
    private final byte[] text = new byte[random.nextInt(100)];
    private final EdwardsPoint key;
    private final EdwardsPoint commitment;

    Forgery(int keyPart, int commitmentPart, BigInteger nonce) {
      this.nonce = nonce;
      random.nextBytes(text);
      this.key = EdwardsPoint.BASE.times(secret).plus(small(keyPart));
      this.commitment = EdwardsPoint.BASE.times(nonce).plus(small(commitmentPart));
    }

    Forgery(int keyPart, int commitmentPart) {
      this(keyPart, commitmentPart, new BigInteger(252, random));
    }

    private static EdwardsPoint small(int part) {
      return EdwardsPoint.SMALL.times(BigInteger.valueOf(part));
    }

    BigInteger answer() {
      BigInteger challenge = challenge(commitment.encode(), key.encode(), text);
      return nonce.add(challenge.multiply(secret)).mod(EdwardsPoint.ORDER);
    }

    boolean verdict(byte[] r, BigInteger s) {
      byte[] signature = ByteBuffer.allocate(64).put(r).put(EdwardsPoint.little(s)).array();
      NodeKey signer = new NodeKey(Bytes.wrap(key.encode()));
      boolean verdict = portable.verify(signer, text, Bytes.wrap(signature));
      assertThat(fast.verify(signer, text, Bytes.wrap(signature)))
          .as("the other engine on key %s, signature %s", signer, Bytes.wrap(signature).hex())
          .isEqualTo(verdict);
      return verdict;
    }

    boolean verdict() {
      return verdict(commitment.encode(), answer());
    }
  }

  @Test
  void thereIsSomethingToCompare() {
    assumeThat(Ed25519Engine.Accp.works()).isTrue();

    assertThat(Ed25519Engine.fastest()).isInstanceOf(Ed25519Engine.Accp.class);
  }

  @Test
  void arithmeticOfTheTestIsRight() {
    for (int i = 0; i < TRIALS; i++) {
      assertThat(new Forgery(0, 0).verdict()).isTrue();
    }
    assertThat(EdwardsPoint.SMALL.times(BigInteger.valueOf(8))).isEqualTo(EdwardsPoint.IDENTITY);
  }

  @Test
  void partOfSmallOrderInTheCommitmentIsRefused() {
    for (int i = 0; i < TRIALS; i++) {
      assertThat(new Forgery(0, 1 + i % 7).verdict()).isFalse();
    }
  }

  @Test
  void keyWithAPartOfSmallOrderHasSignedNothing() {
    for (int i = 0; i < TRIALS; i++) {
      assertThat(new Forgery(1 + i % 7, 0).verdict()).isFalse();
      assertThat(new Forgery(1 + i % 7, i % 8).verdict()).isFalse();
    }
  }

  @Test
  void answerBeyondTheOrderIsRefused() {
    Forgery forgery = new Forgery(0, 0);
    byte[] r = forgery.commitment.encode();

    assertThat(forgery.verdict(r, forgery.answer().add(EdwardsPoint.ORDER))).isFalse();
    assertThat(forgery.verdict(r, EdwardsPoint.ORDER)).isFalse();
    assertThat(forgery.verdict(r, BigInteger.TWO.pow(256).subtract(BigInteger.ONE))).isFalse();
    assertThat(forgery.verdict(r, BigInteger.ZERO)).isFalse();
  }

  /// A signer that throws its key away: it holds, since nothing is wrong with the equation.
  @Test
  void commitmentToNothingIsJudgedAlike() {
    assertThat(new Forgery(0, 0, BigInteger.ZERO).verdict()).isTrue();
  }

  @Test
  void commitmentOfSmallOrderOrWrittenOtherwiseIsRefused() {
    Forgery forgery = new Forgery(0, 0, BigInteger.ZERO);
    byte[] otherwise = EdwardsPoint.little(EdwardsPoint.P.add(BigInteger.ONE));
    byte[] negative = forgery.commitment.encode();
    negative[31] |= (byte) 0x80;

    assertThat(forgery.verdict(otherwise, forgery.answer())).as("y = p + 1").isFalse();
    assertThat(forgery.verdict(negative, forgery.answer())).as("x = −0").isFalse();
    assertThat(new Forgery(0, 4, BigInteger.ZERO).verdict()).as("order 2").isFalse();
    assertThat(new Forgery(0, 1, BigInteger.ZERO).verdict()).as("order 8").isFalse();
  }

  @Test
  void randomBytesAreJudgedAlike() {
    Forgery forgery = new Forgery(0, 0);
    for (int i = 0; i < 200; i++) {
      byte[] r = new byte[32];
      random.nextBytes(r);

      assertThat(forgery.verdict(r, new BigInteger(256, random))).isFalse();
    }
  }

  private static BigInteger challenge(byte[]... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        sha.update(part);
      }
      return EdwardsPoint.number(sha.digest()).mod(EdwardsPoint.ORDER);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-512", impossible);
    }
  }
}
