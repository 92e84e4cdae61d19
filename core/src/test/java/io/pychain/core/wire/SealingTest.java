package io.pychain.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Digest;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Ed25519;
import io.pychain.core.trust.Sha256;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is signed: batches, certificates and contacts.
class SealingTest {
  private static final Message MESSAGE = new Message(Message.JSON, Bytes.utf8("1"));

  @Test
  void sealedBatchSaysWhatItsDraftSaid() {
    LogId log = new LogId(Guid.of(7), 3);
    Digest previous = Sha256.of(Bytes.utf8("before"));
    Instant time = Instant.parse("2026-11-21T12:00:00.123456789Z");

    Batch batch =
        BatchCodec.seal(
            new BatchCodec.Draft(log, 41, previous, time, List.of(MESSAGE, MESSAGE)),
            Samples.NETWORK_ID,
            Samples.MEMBER);

    assertThat(batch.log()).isEqualTo(log);
    assertThat(batch.firstSeq()).isEqualTo(41);
    assertThat(batch.lastSeq()).isEqualTo(42);
    assertThat(batch.previous()).isEqualTo(previous);
    assertThat(batch.timestamp()).isEqualTo("2026-11-21T12:00:00.123456Z");
    assertThat(batch.messages()).containsExactly(MESSAGE, MESSAGE);
  }

  @Test
  void signatureIsOverDomainNetworkAndHashOfTheContent() {
    Sealed sealed = Samples.FIRST.sealed();
    byte[] statement =
        concat(
            Bytes.utf8("pychain/batch/1\0"),
            Samples.NETWORK_ID.digest().bytes(),
            Sha256.of(sealed.content()).bytes());

    assertThat(Ed25519.SCHEME.verify(Samples.MEMBER.key(), statement, sealed.signature())).isTrue();
  }

  @Test
  void signatureOfAContactCoversTheCertificate() {
    MemberRecord record = Samples.MEMBER_RECORD;
    Sealed certificate = record.certificate().sealed();
    Digest certificateHash =
        Sha256.of(Sha256.of(certificate.content()).bytes(), certificate.signature());
    byte[] statement =
        concat(
            Bytes.utf8("pychain/contact/1\0"),
            Samples.NETWORK_ID.digest().bytes(),
            Sha256.of(record.sealed().content()).bytes(),
            certificateHash.bytes());

    assertThat(Ed25519.SCHEME.verify(record.key(), statement, record.sealed().signature()))
        .isTrue();
  }

  @Test
  void hashOfABatchCoversContentAndSignature() {
    Sealed sealed = Samples.FIRST.sealed();

    assertThat(Samples.FIRST.hash())
        .isEqualTo(Sha256.of(Sha256.of(sealed.content()).bytes(), sealed.signature()));
  }

  @Test
  void payloadsOfASealedBatchLieInItsContent() {
    Batch batch = Samples.SECOND;

    assertThat(batch.messages().getFirst().data().array())
        .isSameAs(batch.sealed().content().array());
  }

  @Test
  void sameDraftIsSealedAlikeEachTime() {
    assertThat(Samples.batch(1, Digest.ZERO, MESSAGE))
        .isEqualTo(Samples.batch(1, Digest.ZERO, MESSAGE));
  }

  @Test
  void draftWithoutMessagesIsNotSealed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samples.batch(1, Digest.ZERO))
        .withMessage("batch.messages: is missing");
  }

  @Test
  void draftFromBefore1970IsNotSealed() {
    BatchCodec.Draft draft =
        new BatchCodec.Draft(
            Samples.LOG, 1, Digest.ZERO, Instant.EPOCH.minusSeconds(1), List.of(MESSAGE));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchCodec.seal(draft, Samples.NETWORK_ID, Samples.MEMBER))
        .withMessageStartingWith("batch.timestamp_micros: is ");
  }

  @Test
  void contactWithAControlCharacterIsNotSigned() {
    Contact contact =
        new Contact(1, List.of(), List.of(), "1.0\n", ProtocolRange.OWN, Contact.Status.ACTIVE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordCodec.sign(Samples.MEMBER_CERTIFICATE, contact, Samples.MEMBER))
        .withMessage("contact.version: has a control character");
  }

  @Test
  void recordAndCertificateComeOutOfTheStoreAsTheyWentIn() throws MalformedException {
    MemberRecord record = Samples.BOOT_RECORD;
    Certificate certificate = Samples.BOOT_CERTIFICATE;

    assertThat(RecordCodec.decode(Bytes.wrap(RecordCodec.encode(record)))).isEqualTo(record);
    assertThat(RecordCodec.decodeCertificate(Bytes.wrap(RecordCodec.encode(certificate))))
        .isEqualTo(certificate);
  }

  @Test
  void batchComesOutOfTheStoreAsItWentIn() throws MalformedException {
    assertThat(BatchCodec.decode(Samples.SECOND.sealed())).isEqualTo(Samples.SECOND);
  }

  @Test
  void statusFromANewerMemberCountsAsActive() throws MalformedException {
    Writer content = new Writer(0);
    content.number(1, 1);
    content.number(5, 1);
    content.number(6, 1);
    content.number(7, 9);
    Sealed contact =
        new Sealed(Bytes.wrap(content.toArray()), Bytes.wrap(new byte[Sealed.SIGNATURE_LENGTH]));
    Writer record = new Writer(0);
    record.sealed(1, Samples.MEMBER_CERTIFICATE.sealed());
    record.sealed(2, contact);

    MemberRecord read = RecordCodec.decode(Bytes.wrap(record.toArray()));

    assertThat(read.contact().status()).isEqualTo(Contact.Status.ACTIVE);
  }

  @Test
  void rubbishInTheStoreIsRefused() {
    assertThatThrownBy(() -> RecordCodec.decode(Bytes.utf8("rubbish")))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RecordCodec.decodeCertificate(Bytes.EMPTY))
        .isInstanceOf(MalformedException.class)
        .hasMessage("certificate.content: is missing");
    assertThatThrownBy(() -> BatchCodec.decode(Samples.BOOT_CERTIFICATE.sealed()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void domainsAreOnTheWireAndNeverChange() {
    assertThat(Domain.values())
        .extracting(domain -> prefixOf(domain))
        .containsExactly(
            "pychain/batch/1",
            "pychain/certificate/1",
            "pychain/contact/1",
            "pychain/invite/1",
            "pychain/invited/1",
            "pychain/delegation/1",
            "pychain/succession/1",
            "pychain/rotation/1",
            "pychain/revocation/1",
            "pychain/parameters/1",
            "pychain/secret/1");
  }

  private static String prefixOf(Domain domain) {
    Bytes statement = Bytes.wrap(domain.statement(Samples.NETWORK_ID, Bytes.EMPTY));
    return statement.slice(0, statement.length() - 65).utf8();
  }

  private static byte[] concat(Bytes... runs) {
    StringBuilder hex = new StringBuilder();
    for (Bytes run : runs) {
      hex.append(run.hex());
    }
    return Bytes.fromHex(hex.toString()).toArray();
  }
}
