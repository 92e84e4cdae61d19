package io.pychain.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Sealed;
import io.pychain.core.wire.DelegationCodec;
import io.pychain.core.wire.ParametersCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whose parameters are believed in a network of which signer 1 is the authority.
class ParametersTest {
  private static final Signer AUTHORITY = CheapSignatures.signer(1);
  private static final Signer DELEGATE = CheapSignatures.signer(7);
  private static final Signer MEMBER = CheapSignatures.signer(5);
  private static final NetworkInfo NETWORK = new NetworkInfo("pychain", AUTHORITY.key());
  private static final NetworkId ID = Networks.idOf(NETWORK);
  private static final NetworkId OTHER = Networks.idOf(new NetworkInfo("other", AUTHORITY.key()));
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final OriginLimits TEN = new OriginLimits(10, 2_000, Duration.ofSeconds(5));
  private static final OriginLimits NINE = new OriginLimits(9, 2_000, Duration.ofSeconds(5));

  private final Verifier verifier = new Verifier(NETWORK, CheapSignatures.SCHEME, new KnownKeys());

  @Test
  void authorityLaysDown() {
    assertThat(verifier.verify(by(Mandate.ofAuthority(ID, AUTHORITY), ID, NOON))).isTrue();
  }

  @Test
  void nobodyElseDoes() {
    Parameters forged = by(new Mandate(MEMBER, Optional.empty(), Bytes.EMPTY), ID, NOON);

    assertThat(verifier.verify(forged)).isFalse();
    assertThat(verifier.verify((Frame) forged))
        .isEqualTo(new Verdict.Invalid("the parameters of the network"));
  }

  @Test
  void thoseOfAnotherNetworkOfTheSameAuthorityHoldNothingHere() {
    assertThat(verifier.verify(by(Mandate.ofAuthority(OTHER, AUTHORITY), OTHER, NOON))).isFalse();
  }

  @Test
  void delegateLaysDownUntilItsDelegationEnds() {
    Delegation delegation = DelegationCodec.issue(ID, DELEGATE.key(), NOON, AUTHORITY);
    Mandate mandate = mandate(DELEGATE, delegation);

    assertThat(verifier.verify(by(mandate, ID, NOON))).isTrue();
    assertThat(verifier.verify(by(mandate, ID, NOON.plusMillis(1)))).isFalse();
  }

  @Test
  void delegationOfSomebodyElseIsNoUse() {
    Delegation delegation = DelegationCodec.issue(ID, DELEGATE.key(), NOON, AUTHORITY);

    assertThat(verifier.verify(by(mandate(MEMBER, delegation), ID, NOON))).isFalse();
    Delegation own = DelegationCodec.issue(ID, MEMBER.key(), NOON, MEMBER);
    assertThat(verifier.verify(by(mandate(MEMBER, own), ID, NOON))).isFalse();
  }

  @Test
  void signatureUnderOtherLimitsIsNoUse() {
    Mandate mandate = Mandate.ofAuthority(ID, AUTHORITY);
    Parameters said = ParametersCodec.seal(ID, 7, TEN, mandate);
    Parameters meant = ParametersCodec.seal(ID, 7, NINE, mandate);
    Sealed mixed = new Sealed(meant.sealed().content(), said.sealed().signature());

    assertThat(verifier.verify(new Parameters(ID, 7, NINE, Optional.empty(), mixed))).isFalse();
  }

  private static Mandate mandate(Signer signer, Delegation delegation) {
    return new Mandate(signer, Optional.of(delegation), Bytes.EMPTY);
  }

  private static Parameters by(Mandate mandate, NetworkId network, Instant dated) {
    long number = ChronoUnit.MICROS.between(Instant.EPOCH, dated);
    return ParametersCodec.seal(network, number, TEN, mandate);
  }
}
