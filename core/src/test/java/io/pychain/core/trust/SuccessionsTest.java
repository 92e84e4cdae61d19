package io.pychain.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.Lineage.Former;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.Succession;
import io.pychain.core.ring.Guid;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.RecordCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Member 5 has key 5 first, then keys 105, 106 and so on, each 64 epochs after the one before.
class SuccessionsTest {
  private static final NetworkId ID = Networks.idOf(Cast.NETWORK);
  private static final Guid GUID = Guid.of(5);
  private static final Verdict VALID = new Verdict.Valid();

  private final KnownKeys keys = new KnownKeys();
  private final Verifier verifier = new Verifier(Cast.NETWORK, CheapSignatures.SCHEME, keys);

  @Test
  void newcomerBelievesAWholeChainAndVerifiesEveryEpochByItsKey() {
    assertThat(verifier.verify(record(2))).isTrue();

    for (int rotations = 0; rotations <= 2; rotations++) {
      int epoch = epoch(rotations);
      assertThat(verify(batch(epoch, rotations))).as("epoch %d", epoch).isEqualTo(VALID);
      assertThat(verify(batch(epoch, (rotations + 1) % 3)))
          .as("epoch %d by another key", epoch)
          .isInstanceOf(Verdict.Invalid.class);
    }
    assertThat(verify(batch(epoch(1) - 1, 0))).as("the last of the first key").isEqualTo(VALID);
    assertThat(verify(batch(epoch(1) - 1, 1))).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void knownKeyIsFollowedStepByStepAndOverAGap() {
    for (int rotations : List.of(0, 1, 3)) {
      assertThat(verifier.verify(record(rotations))).as("%d rotations", rotations).isTrue();
      assertThat(keys.keyOf(GUID)).contains(signer(rotations).key());
    }
    assertThat(verify(batch(epoch(2), 2))).as("the key in the gap").isEqualTo(VALID);
  }

  @Test
  void olderRecordStaysValidAndChangesNothing() {
    assertThat(verifier.verify(record(2))).isTrue();

    assertThat(verifier.verify(record(1))).isTrue();
    assertThat(verifier.verify(record(0))).isTrue();

    assertThat(keys.keyOf(GUID)).contains(signer(2).key());
  }

  @Test
  void formerKeyGetsNoEpochOfTheNextEvenFromTheAuthority() {
    assertThat(verifier.verify(record(1))).isTrue();

    Certificate late = certify(epoch(1), Lineage.of(signer(0).key()));

    assertThat(verifier.verify(late)).isFalse();
    assertThat(verifier.verify(certify(epoch(1) - 1, late.keys())))
        .as("what another boot node gave before it heard")
        .isTrue();
    assertThat(verifier.verify(announce(RecordCodec.sign(late, contact(), signer(0)))))
        .as("no fault of who passes it on")
        .isInstanceOf(Verdict.Disputed.class);
  }

  @Test
  void authorityAloneGivesAGuidToNobodyElse() {
    assertThat(verifier.verify(record(0))).isTrue();

    Former forced = new Former(signer(0).key(), 64, sign(signer(9), signer(1), 65));

    assertThat(verifier.verify(certify(65, new Lineage(List.of(forced), signer(1).key()))))
        .isFalse();
    assertThat(verifier.verify(certify(65, Lineage.of(signer(1).key())))).isFalse();
  }

  @Test
  void otherChainFromTheSameKeyIsNotBelievedOnceOneIsKnown() {
    assertThat(verifier.verify(record(1))).isTrue();

    Former other = new Former(signer(0).key(), 64, sign(signer(0), signer(9), 65));
    Certificate rival = certify(65, new Lineage(List.of(other), signer(9).key()));

    assertThat(verifier.verify(rival)).isFalse();
    assertThat(keys.keyOf(GUID)).contains(signer(1).key());
  }

  @Test
  void consentIsForOneGuidOneEpochAndOneKey() {
    Former good = lineage(1).former().getFirst();

    assertThat(verifier.verify(certify(65, chain(good, 1)))).isTrue();
    assertThat(verifier.verify(certify(65, chain(good, 2)))).as("another key").isFalse();
    Former later = new Former(good.key(), 65, good.consent());
    assertThat(verifier.verify(certify(66, chain(later, 1)))).as("another epoch").isFalse();
    var grant =
        new RecordCodec.Grant(
            ID,
            Guid.of(6),
            65,
            lineage(1),
            Cast.NOON,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(verifier.verify(RecordCodec.certify(grant, Cast.AUTHORITY)))
        .as("another GUID")
        .isFalse();
  }

  @Test
  void chainThatIsCutOrOutOfOrderOrGoesRoundIsNotBelieved() {
    Lineage three = lineage(3);
    List<Former> former = three.former();
    List<Former> turned = new ArrayList<>(former);
    Collections.swap(turned, 0, 1);

    assertThat(verifier.verify(certify(epoch(3), three))).isTrue();
    for (List<Former> broken :
        List.of(former.subList(0, 2), List.of(former.get(0), former.get(2)), turned)) {
      assertThat(fresh(certify(epoch(3), new Lineage(broken, three.key())))).isFalse();
    }
    assertThat(fresh(certify(epoch(3) - 1, three))).as("an epoch of a former key").isFalse();
    Former again = new Former(signer(1).key(), epoch(3) - 1, sign(signer(1), signer(0), epoch(3)));
    List<Former> round = List.of(former.getFirst(), again);
    assertThat(fresh(certify(epoch(3), new Lineage(round, signer(0).key())))).isFalse();
  }

  @Test
  void chainWithoutItsBeginningDoesNotLeadFromAKnownKey() {
    assertThat(verifier.verify(record(0))).isTrue();

    Lineage tail = new Lineage(lineage(2).former().subList(1, 2), signer(2).key());

    assertThat(verifier.verify(certify(epoch(2), tail))).isFalse();
  }

  @Test
  void batchOfAnEpochThatIsNotKnownYetMayBeOfAKeyThatIsNotKnownYet() {
    assertThat(verifier.verify(record(0))).isTrue();

    assertThat(verify(batch(epoch(1), 1))).isInstanceOf(Verdict.UnknownOrigin.class);
    assertThat(verify(batch(1, 1))).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void wishNeedsTheSignaturesOfBothKeys() {
    Succession wish = Successions.propose(certificate(0), signer(0), signer(1));
    Succession forOther = Successions.propose(certificate(0), signer(0), signer(2));

    assertThat(verify(wish)).isEqualTo(VALID);
    assertThat(verify(with(wish, forOther.consent(), wish.proof())))
        .isInstanceOf(Verdict.Invalid.class);
    assertThat(verify(with(wish, wish.consent(), forOther.proof())))
        .isInstanceOf(Verdict.Invalid.class);
    assertThat(verify(with(wish, wish.proof(), wish.consent())))
        .isInstanceOf(Verdict.Invalid.class);
    assertThat(verify(Successions.propose(certificate(0), signer(0), signer(0))))
        .as("the same key")
        .isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void banStandsWhateverKeysTheBootNodeKnew() {
    assertThat(verifier.verify(record(1))).isTrue();
    Contact banned = contact().ruled(Contact.REVOCATION, Contact.Status.REVOKED);
    Certificate stale = certify(epoch(1), Lineage.of(signer(0).key()));

    assertThat(verifier.verify(RecordCodec.sign(stale, banned, Cast.AUTHORITY))).isTrue();
    assertThat(keys.keyOf(GUID)).contains(signer(1).key());
  }

  private Verdict verify(Batch batch) {
    return verifier.verify(new Frame.Push(batch, GUID.position(), 1));
  }

  private Verdict verify(Succession wish) {
    return verifier.verify(new Frame.Join(1, false, Optional.of(wish)));
  }

  private static boolean fresh(Certificate certificate) {
    return new Verifier(Cast.NETWORK, CheapSignatures.SCHEME, new KnownKeys()).verify(certificate);
  }

  private static Frame announce(MemberRecord record) {
    return new Frame.Announce(record, GUID.position(), 1);
  }

  private static Succession with(Succession wish, Bytes consent, Bytes proof) {
    return new Succession(wish.guid(), wish.epoch(), wish.former(), wish.next(), consent, proof);
  }

  private static Bytes sign(Signer former, Signer next, int epoch) {
    Certificate held = certify(epoch - Succession.EPOCHS, Lineage.of(former.key()));
    return Successions.propose(held, former, next).consent();
  }

  private static Lineage chain(Former former, int next) {
    return new Lineage(List.of(former), signer(next).key());
  }

  private static Signer signer(int rotations) {
    return CheapSignatures.signer(rotations == 0 ? 5 : 104 + rotations);
  }

  private static int epoch(int rotations) {
    return 1 + rotations * Succession.EPOCHS;
  }

  private static Lineage lineage(int rotations) {
    Lineage keys = Lineage.of(signer(0).key());
    for (int i = 0; i < rotations; i++) {
      Certificate held = certify(epoch(i), keys);
      keys = keys.followedBy(Successions.propose(held, signer(i), signer(i + 1)));
    }
    return keys;
  }

  private static Certificate certificate(int rotations) {
    return certify(epoch(rotations), lineage(rotations));
  }

  private static Certificate certify(int epoch, Lineage keys) {
    var grant =
        new RecordCodec.Grant(
            ID, GUID, epoch, keys, Cast.NOON, Optional.empty(), Optional.empty(), Optional.empty());
    return RecordCodec.certify(grant, Cast.AUTHORITY);
  }

  private static Contact contact() {
    return Cast.record(5, 1).contact();
  }

  private static MemberRecord record(int rotations) {
    return RecordCodec.sign(certificate(rotations), contact(), signer(rotations));
  }

  private static Batch batch(int epoch, int signer) {
    Message message = new Message(Message.JSON, Bytes.utf8("1"));
    var draft =
        new BatchCodec.Draft(new LogId(GUID, epoch), 1, Digest.ZERO, Cast.NOON, List.of(message));
    return BatchCodec.seal(draft, ID, signer(signer));
  }
}
