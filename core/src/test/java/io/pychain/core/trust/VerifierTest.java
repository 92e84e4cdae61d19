package io.pychain.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Who is believed: an authority (signer 1) and its members 5 (signer 5) and 6 (signer 6).
class VerifierTest {
  private static final Signer AUTHORITY = CheapSignatures.signer(1);
  private static final NetworkInfo NETWORK = new NetworkInfo("pychain", AUTHORITY.key());
  private static final NetworkInfo OTHER = new NetworkInfo("other", AUTHORITY.key());
  private static final NetworkId ID = Networks.idOf(NETWORK);
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Position LIMIT = new Position(1);
  private static final Verdict VALID = new Verdict.Valid();

  private final KnownKeys keys = new KnownKeys();
  private final AtomicInteger checks = new AtomicInteger();
  private final Verifier verifier =
      new Verifier(
          NETWORK,
          (key, bytes, signature) -> {
            checks.incrementAndGet();
            return CheapSignatures.SCHEME.verify(key, bytes, signature);
          },
          keys);

  @Test
  void recordSignedByAuthorityAndMemberIsValidAndItsKeyIsLearned() {
    assertThat(verifier.verify(record(5))).isTrue();

    assertThat(keys.keyOf(Guid.of(5))).contains(CheapSignatures.signer(5).key());
  }

  @Test
  void certificateOfAnotherNetworkIsInvalid() {
    Certificate certificate = certificate(Networks.idOf(OTHER), 5, key(5), AUTHORITY);

    assertThat(verifier.verify(certificate)).isFalse();
  }

  @Test
  void certificateThatTheAuthorityDidNotSignIsInvalid() {
    Certificate certificate = certificate(ID, 5, key(5), CheapSignatures.signer(5));

    assertThat(verifier.verify(certificate)).isFalse();
  }

  @Test
  void certificateForAKeyOfSmallOrderIsInvalid() {
    NodeKey identity = NodeKey.fromHex("01" + "00".repeat(31));

    assertThat(verifier.verify(certificate(ID, 5, identity, AUTHORITY))).isFalse();
  }

  @Test
  void knownGuidIsNotGivenToAnotherKey() {
    assertThat(verifier.verify(record(5))).isTrue();

    assertThat(verifier.verify(certificate(ID, 5, key(6), AUTHORITY))).isFalse();
    assertThat(verifier.verify(certificate(ID, 5, key(5), AUTHORITY))).isTrue();
  }

  @Test
  void contactThatTheMemberDidNotSignIsInvalidAndTeachesNothing() {
    MemberRecord forged = RecordCodec.sign(certificate(5), contact(), CheapSignatures.signer(6));

    assertThat(verifier.verify(forged)).isFalse();
    assertThat(keys.keyOf(Guid.of(5))).isEmpty();
  }

  @Test
  void contactIsWorthNothingWithAnotherCertificate() {
    MemberRecord record = record(5);
    Certificate later =
        RecordCodec.certify(new RecordCodec.Grant(ID, Guid.of(5), 2, key(5), NOON), AUTHORITY);

    assertThat(verifier.verify(new MemberRecord(later, record.contact(), record.sealed())))
        .isFalse();
  }

  @Test
  void helloWithoutARecordIsValid() {
    Frame hello = hello(Optional.empty(), Optional.empty());

    assertThat(verifier.verify(hello)).isEqualTo(VALID);
  }

  @Test
  void helloOfAMemberTeachesItsKey() {
    Frame hello = hello(Optional.of(NETWORK), Optional.of(record(5)));

    assertThat(verifier.verify(hello)).isEqualTo(VALID);
    assertThat(keys.keyOf(Guid.of(5))).isPresent();
  }

  @Test
  void helloFromAnotherNetworkIsInvalid() {
    assertThat(verifier.verify(hello(Optional.of(OTHER), Optional.empty())))
        .isEqualTo(new Verdict.Invalid("a hello from another network"));
  }

  @Test
  void helloWithAForgedRecordIsInvalid() {
    MemberRecord forged = RecordCodec.sign(certificate(5), contact(), CheapSignatures.signer(6));

    assertThat(verifier.verify(hello(Optional.of(NETWORK), Optional.of(forged))))
        .isEqualTo(new Verdict.Invalid("the member record of 5"));
  }

  @Test
  void admissionIsValidIfCertificateAndBootNodeAre() {
    assertThat(verifier.verify(new Frame.Admitted(certificate(5), record(0), false)))
        .isEqualTo(VALID);
    assertThat(keys.keyOf(Guid.of(0))).isPresent();
  }

  @Test
  void admissionByAnotherAuthorityIsInvalid() {
    Certificate forged = certificate(ID, 5, key(5), CheapSignatures.signer(9));

    assertThat(verifier.verify(new Frame.Admitted(forged, record(0), false)))
        .isEqualTo(new Verdict.Invalid("the certificate of 5"));
  }

  @Test
  void admissionWithAForgedBootNodeIsInvalid() {
    MemberRecord forged = RecordCodec.sign(certificate(0), contact(), CheapSignatures.signer(6));

    assertThat(verifier.verify(new Frame.Admitted(certificate(5), forged, false)))
        .isEqualTo(new Verdict.Invalid("the member record of 0"));
  }

  @Test
  void announcedAndRequestedRecordsAreVerifiedOneByOne() {
    MemberRecord forged = RecordCodec.sign(certificate(6), contact(), CheapSignatures.signer(5));

    assertThat(verifier.verify(new Frame.Announce(record(5), LIMIT, 1))).isEqualTo(VALID);
    assertThat(verifier.verify(new Frame.Announce(forged, LIMIT, 1)))
        .isEqualTo(new Verdict.Invalid("the member record of 6"));
    assertThat(verifier.verify(new Frame.Records(List.of(record(5), forged))))
        .isEqualTo(new Verdict.Invalid("the member record of 6"));
    assertThat(verifier.verify(new Frame.Records(List.of(record(5), record(6))))).isEqualTo(VALID);
  }

  @Test
  void pushedBatchIsValidIfItsOriginSignedIt() {
    keys.learn(record(5));

    assertThat(verifier.verify(push(batch(ID, 5, 5, Digest.ZERO)))).isEqualTo(VALID);
    assertThat(verifier.verify(push(batch(ID, 5, 6, Digest.ZERO))))
        .isEqualTo(new Verdict.Invalid("the signature of batch 5:1:1"));
  }

  @Test
  void nobodyIsBlamedForAGuidThatTheAuthorityGaveToTwoKeys() {
    keys.learn(record(5));
    MemberRecord twin =
        RecordCodec.sign(
            certificate(ID, 5, key(6), AUTHORITY), contact(), CheapSignatures.signer(6));

    assertThat(verifier.verify(new Frame.Records(List.of(twin))))
        .isInstanceOf(Verdict.Disputed.class);
    assertThat(verifier.verify(push(batch(ID, 5, 6, Digest.ZERO))))
        .isInstanceOf(Verdict.Disputed.class);
    assertThat(verifier.verify(push(batch(ID, 5, 5, Digest.ZERO)))).isEqualTo(VALID);
  }

  @Test
  void batchOfAnotherNetworkIsInvalid() {
    keys.learn(record(5));

    assertThat(verifier.verify(push(batch(Networks.idOf(OTHER), 5, 5, Digest.ZERO))))
        .isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void batchOfAnOriginWithoutAKnownKeyIsNeitherValidNorInvalid() {
    assertThat(verifier.verify(push(batch(ID, 5, 5, Digest.ZERO))))
        .isEqualTo(new Verdict.UnknownOrigin(new LogId(Guid.of(5), 1)));
  }

  @Test
  void signatureForOnePurposeIsWorthNothingForAnother() throws MalformedException {
    keys.learn(record(5));
    Batch batch = batch(ID, 5, 5, Digest.ZERO);
    Bytes content = batch.sealed().content();
    byte[] other = CheapSignatures.signer(5).sign(Domain.CERTIFICATE.statement(ID, content));

    Batch forged = BatchCodec.decode(new Sealed(content, Bytes.wrap(other)));

    assertThat(verifier.verify(push(forged))).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void everyBatchOfARunIsVerifiedByItself() {
    keys.learn(record(5));

    assertThat(verifier.verify(batches(chain(5, 100)))).isEqualTo(VALID);
    assertThat(checks).hasValue(100);
  }

  @Test
  void badSignatureIsFoundEvenIfTheOriginVouchesForItLater() throws MalformedException {
    keys.learn(record(5));
    Batch bad = resigned(batch(ID, 5, 5, Digest.ZERO), CheapSignatures.signer(6));

    Batch next = batch(ID, new Draft(5, 2, bad.hash()), 5);

    assertThat(verifier.verify(batches(List.of(bad, next))))
        .isEqualTo(new Verdict.Invalid("the signature of batch 5:1:1"));
  }

  @Test
  void oneUnknownOriginKeepsTheWholeFrameBack() {
    keys.learn(record(5));
    List<Batch> batches = new ArrayList<>(chain(5, 2));
    batches.addAll(chain(6, 2));

    assertThat(verifier.verify(batches(batches)))
        .isEqualTo(new Verdict.UnknownOrigin(new LogId(Guid.of(6), 1)));
  }

  @Test
  void framesWithoutSignaturesAreValid() {
    assertThat(verifier.verify(batches(List.of()))).isEqualTo(VALID);
    assertThat(verifier.verify(new Frame.Ping(1))).isEqualTo(VALID);
    assertThat(verifier.verify(new Frame.Join(0))).isEqualTo(VALID);
    assertThat(checks).hasValue(0);
  }

  private static Frame hello(Optional<NetworkInfo> network, Optional<MemberRecord> record) {
    return new Frame.Hello(network, ProtocolRange.OWN, 1, record, "");
  }

  private static Frame push(Batch batch) {
    return new Frame.Push(batch, LIMIT, 1);
  }

  private static Frame batches(List<Batch> batches) {
    return new Frame.Batches(1, batches, List.of(), true);
  }

  private static NodeKey key(int member) {
    return CheapSignatures.signer(member).key();
  }

  private static MemberRecord record(int member) {
    return RecordCodec.sign(certificate(member), contact(), CheapSignatures.signer(member));
  }

  private static Contact contact() {
    return new Contact(1, List.of(), List.of(), "", ProtocolRange.OWN, Contact.Status.ACTIVE);
  }

  private static Certificate certificate(int member) {
    return certificate(ID, member, key(member), AUTHORITY);
  }

  private static Certificate certificate(NetworkId network, int guid, NodeKey key, Signer by) {
    return RecordCodec.certify(new RecordCodec.Grant(network, Guid.of(guid), 1, key, NOON), by);
  }

  /// What a batch of one message says of its place.
  private record Draft(int origin, long seq, Digest previous) {}

  private static Batch batch(NetworkId network, int origin, int signer, Digest previous) {
    return batch(network, new Draft(origin, 1, previous), signer);
  }

  private static Batch batch(NetworkId network, Draft draft, int signer) {
    List<Message> messages = List.of(new Message(Message.JSON, Bytes.utf8("1")));
    LogId log = new LogId(Guid.of(draft.origin()), 1);
    return BatchCodec.seal(
        new BatchCodec.Draft(log, draft.seq(), draft.previous(), NOON, messages),
        network,
        CheapSignatures.signer(signer));
  }

  private static Batch resigned(Batch batch, Signer signer) throws MalformedException {
    Bytes content = batch.sealed().content();
    byte[] signature = signer.sign(Domain.BATCH.statement(ID, content));
    return BatchCodec.decode(new Sealed(content, Bytes.wrap(signature)));
  }

  private static List<Batch> chain(int origin, int length) {
    List<Batch> chain = new ArrayList<>();
    Digest previous = Digest.ZERO;
    for (int seq = 1; seq <= length; seq++) {
      chain.add(batch(ID, new Draft(origin, seq, previous), origin));
      previous = chain.getLast().hash();
    }
    return chain;
  }
}
