package io.pychain.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Invite;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.ring.Guid;
import io.pychain.core.wire.DelegationCodec;
import io.pychain.core.wire.InviteCodec;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Who may sign for an authority (signer 1): boot node 7, until noon.
class DelegationsTest {
  private static final Signer AUTHORITY = CheapSignatures.signer(1);
  private static final NetworkInfo NETWORK = new NetworkInfo("pychain", AUTHORITY.key());
  private static final NetworkInfo OTHER = new NetworkInfo("other", AUTHORITY.key());
  private static final NetworkId ID = Networks.idOf(NETWORK);
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicInteger checks = new AtomicInteger();
  private final Verifier verifier =
      new Verifier(
          NETWORK,
          (key, bytes, signature) -> {
            checks.incrementAndGet();
            return CheapSignatures.SCHEME.verify(key, bytes, signature);
          },
          new KnownKeys());

  @Test
  void delegateOfTheAuthorityCertifiesUntilItsDelegationEnds() {
    Delegation delegation = DelegationCodec.issue(ID, key(7), NOON, AUTHORITY);

    assertThat(verifier.verify(by(7, delegation, NOON))).isTrue();
    assertThat(verifier.verify(by(7, delegation, NOON.plusMillis(1)))).isFalse();
  }

  @Test
  void delegationIsWorthNothingToAnotherKeyInAnotherNetworkOrFromAnybodyElse() {
    NetworkId other = Networks.idOf(OTHER);
    Signer member = CheapSignatures.signer(5);

    assertThat(verifier.verify(by(6, DelegationCodec.issue(ID, key(7), NOON, AUTHORITY), NOON)))
        .isFalse();
    assertThat(verifier.verify(by(7, DelegationCodec.issue(other, key(7), NOON, AUTHORITY), NOON)))
        .isFalse();
    assertThat(verifier.verify(by(7, DelegationCodec.issue(ID, key(7), NOON, member), NOON)))
        .isFalse();
  }

  @Test
  void delegateDelegatesToNobody() {
    Signer delegate = CheapSignatures.signer(7);
    Delegation further = DelegationCodec.issue(ID, key(8), NOON, delegate);
    assertThat(verifier.verify(by(7, DelegationCodec.issue(ID, key(7), NOON, AUTHORITY), NOON)))
        .isTrue();

    assertThat(verifier.verify(by(8, further, NOON))).isFalse();
  }

  @Test
  void delegationCannotBePutBesideWhatAnotherSigned() {
    Delegation delegation = DelegationCodec.issue(ID, key(7), NOON, AUTHORITY);
    Certificate alone =
        RecordCodec.certify(
            new RecordCodec.Grant(ID, Guid.of(5), 1, key(5), NOON), CheapSignatures.signer(7));

    assertThat(verifier.verify(alone)).isFalse();
    assertThat(verifier.verify(by(7, delegation, NOON))).isTrue();
    assertThat(verifier.verify(alone)).isFalse();
  }

  @Test
  void delegationIsVerifiedOnceForAllThatIsSignedByIt() {
    Delegation delegation = DelegationCodec.issue(ID, key(7), NOON, AUTHORITY);
    assertThat(verifier.verify(by(7, delegation, NOON))).isTrue();
    checks.set(0);

    assertThat(verifier.verify(by(7, delegation, NOON.minusSeconds(1)))).isTrue();

    assertThat(checks).hasValue(1);
  }

  @Test
  void invitationOfADelegateEndsWithTheDelegation() {
    Delegation delegation = DelegationCodec.issue(ID, key(7), NOON, AUTHORITY);
    Mandate mandate = new Mandate(CheapSignatures.signer(7), Optional.of(delegation), Bytes.EMPTY);
    Signer invited = CheapSignatures.signer(8);
    byte[] words = Domain.INVITED.statement(ID, key(5).bytes());
    Bytes signature = Bytes.wrap(invited.sign(words));

    Invite invite = InviteCodec.issue(ID, invited.key(), NOON.plusSeconds(1), mandate);

    assertThat(invite.until()).isEqualTo(NOON);
    assertThat(verifier.verify(invite, key(5), signature)).isTrue();
  }

  @Test
  void nobodyIsBlamedForAGuidThatADelegateGaveToTwoKeys() {
    Delegation delegation = DelegationCodec.issue(ID, key(7), NOON, AUTHORITY);
    assertThat(verifier.verify(records(by(7, delegation, NOON), 5)))
        .isInstanceOf(Verdict.Valid.class);

    assertThat(verifier.verify(records(by(7, delegation, NOON, 6), 6)))
        .isInstanceOf(Verdict.Disputed.class);
    assertThat(verifier.verify(records(by(8, delegation, NOON, 6), 6)))
        .as("by a stranger to the delegation")
        .isInstanceOf(Verdict.Invalid.class);
  }

  private static Frame records(Certificate certificate, int member) {
    var contact = new Contact(1, List.of(), List.of(), "", ProtocolRange.OWN, Status.ACTIVE);
    return new Frame.Records(
        List.of(RecordCodec.sign(certificate, contact, CheapSignatures.signer(member))));
  }

  private static Certificate by(int signer, Delegation delegation, Instant issued) {
    return by(signer, delegation, issued, 5);
  }

  private static Certificate by(int signer, Delegation delegation, Instant issued, int holder) {
    var grant =
        new RecordCodec.Grant(
            ID,
            Guid.of(5),
            1,
            Lineage.of(key(holder)),
            issued,
            Optional.empty(),
            Optional.of(delegation),
            Optional.empty());
    return RecordCodec.certify(grant, CheapSignatures.signer(signer));
  }

  private static NodeKey key(int signer) {
    return CheapSignatures.signer(signer).key();
  }
}
