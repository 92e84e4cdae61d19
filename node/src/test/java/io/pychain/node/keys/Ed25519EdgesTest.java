package io.pychain.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Signatures that no honest signer makes, on which libraries are known to differ: all engines come
/// to the same verdict, or an attacker could split the network with one batch.
class Ed25519EdgesTest {
  private static final int TRIALS = 40;

  private final Random random = new Random(8_032);
  private final Judges judges = new Judges();

  private Forgery forgery() {
    return Forgery.of(random);
  }

  @Test
  void thereIsSomethingToCompare() {
    assumeThat(Ed25519Engine.Accp.works()).isTrue();

    assertThat(Ed25519Engine.fastest()).isInstanceOf(Ed25519Engine.Accp.class);
  }

  @Test
  void arithmeticOfTheTestIsRight() {
    for (int i = 0; i < TRIALS; i++) {
      assertThat(forgery().holds(judges)).isTrue();
    }
    assertThat(EdwardsPoint.SMALL.times(BigInteger.valueOf(8))).isEqualTo(EdwardsPoint.IDENTITY);
  }

  @Test
  void partOfSmallOrderInTheCommitmentIsRefused() {
    for (int i = 0; i < TRIALS; i++) {
      assertThat(forgery().withSmall(0, 1 + i % 7).holds(judges)).isFalse();
    }
  }

  @Test
  void keyWithAPartOfSmallOrderHasSignedNothing() {
    for (int i = 0; i < TRIALS; i++) {
      assertThat(forgery().withSmall(1 + i % 7, 0).holds(judges)).isFalse();
      assertThat(forgery().withSmall(1 + i % 7, i % 8).holds(judges)).isFalse();
    }
  }

  @Test
  void answerBeyondTheOrderIsRefused() {
    Forgery forgery = forgery();
    byte[] r = forgery.r();

    assertThat(forgery.holds(judges, r, forgery.s().add(EdwardsPoint.ORDER))).isFalse();
    assertThat(forgery.holds(judges, r, EdwardsPoint.ORDER)).isFalse();
    assertThat(forgery.holds(judges, r, BigInteger.TWO.pow(256).subtract(BigInteger.ONE)))
        .isFalse();
    assertThat(forgery.holds(judges, r, BigInteger.ZERO)).isFalse();
  }

  /// A signer that throws its key away: it holds, since nothing is wrong with the equation.
  @Test
  void commitmentToNothingIsJudgedAlike() {
    assertThat(forgery().withoutNonce().holds(judges)).isTrue();
  }

  @Test
  void commitmentOfSmallOrderOrWrittenOtherwiseIsRefused() {
    Forgery forgery = forgery().withoutNonce();
    byte[] otherwise = EdwardsPoint.little(EdwardsPoint.P.add(BigInteger.ONE));
    byte[] negative = forgery.r();
    negative[31] |= (byte) 0x80;

    for (byte[] r : new byte[][] {otherwise, negative}) {
      assertThat(forgery.holds(judges, r, forgery.s())).isFalse();
      assertThat(forgery.holds(judges, r, forgery.s(r))).isFalse();
    }
    assertThat(forgery.withSmall(0, 4).holds(judges)).as("order 2").isFalse();
    assertThat(forgery.withSmall(0, 1).holds(judges)).as("order 8").isFalse();
  }

  @Test
  void randomBytesAreJudgedAlike() {
    Forgery forgery = forgery();
    for (int i = 0; i < 200; i++) {
      byte[] r = new byte[32];
      random.nextBytes(r);

      assertThat(forgery.holds(judges, r, new BigInteger(256, random))).isFalse();
    }
  }
}
