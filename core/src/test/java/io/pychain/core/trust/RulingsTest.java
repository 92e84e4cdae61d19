package io.pychain.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Sealed;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.RecordCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who may ban member 5, and end that.
class RulingsTest {
  private static final Certificate CERTIFICATE = Cast.certificate(5, 3);

  private final Verifier verifier =
      new Verifier(Cast.NETWORK, CheapSignatures.SCHEME, new KnownKeys());

  @Test
  void authorityBansAndPardons() {
    assertThat(verifier.verify(ruling(Status.REVOKED, Cast.AUTHORITY))).isTrue();
    assertThat(verifier.verify(ruling(Status.PARDONED, Cast.AUTHORITY))).isTrue();
  }

  @Test
  void nobodyElseDoesNotEvenTheMemberItself() {
    for (int other : List.of(5, 6)) {
      assertThat(verifier.verify(ruling(Status.REVOKED, Cast.signer(other)))).isFalse();
      assertThat(verifier.verify(ruling(Status.PARDONED, Cast.signer(other)))).isFalse();
    }
  }

  @Test
  void authorityDoesNotSpeakForAMemberThatTakesPartOrLeaves() {
    Contact said = Cast.record(5, 9).contact();

    assertThat(verifier.verify(RecordCodec.sign(CERTIFICATE, said, Cast.AUTHORITY))).isFalse();
  }

  @Test
  void signatureForAContactIsWorthNothingForABan() {
    MemberRecord own = Cast.record(CERTIFICATE, 9, Status.LEFT);
    MemberRecord ban = ruling(Status.REVOKED, Cast.AUTHORITY);
    Sealed mixed = new Sealed(ban.sealed().content(), own.sealed().signature());

    assertThat(verifier.verify(new MemberRecord(CERTIFICATE, ban.contact(), mixed))).isFalse();
  }

  @Test
  void banIsOfOneCertificateAndSaysNothingOfAnother() {
    MemberRecord ban = ruling(Status.REVOKED, Cast.AUTHORITY);
    Certificate other = Cast.certificate(6, 3);

    assertThat(verifier.verify(new MemberRecord(other, ban.contact(), ban.sealed()))).isFalse();
  }

  @Test
  void nobodyIsBlamedForAMemberThatSpeaksForTheAuthority() {
    MemberRecord ban = ruling(Status.REVOKED, Cast.AUTHORITY);
    Contact pretended = new Contact(9, List.of(), List.of(), "", ProtocolRange.OWN, Status.REVOKED);

    assertThat(verifier.verify(records(saidBy(5, ban.contact(), ban.sealed().content()))))
        .isInstanceOf(Verdict.Disputed.class);
    assertThat(verifier.verify(records(saidBy(5, pretended, ban.sealed().content()))))
        .isInstanceOf(Verdict.Disputed.class);
    assertThat(verifier.verify(records(saidBy(6, ban.contact(), ban.sealed().content()))))
        .as("by somebody else")
        .isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void numberOfABanIsReadAndNotBelievedWithoutOne() throws MalformedException {
    Bytes ban = ruling(Status.REVOKED, Cast.AUTHORITY).sealed().content();
    Bytes withoutStatus = ban.slice(0, ban.length() - 2);
    Contact active =
        new Contact(Contact.REVOCATION, List.of(), List.of(), "", ProtocolRange.OWN, Status.ACTIVE);
    MemberRecord record = saidBy(5, active, withoutStatus);

    assertThat(RecordCodec.decode(Bytes.wrap(RecordCodec.encode(record)))).isEqualTo(record);
    assertThat(verifier.verify(record)).isFalse();
    assertThat(verifier.verify(records(record))).isInstanceOf(Verdict.Disputed.class);
  }

  private static MemberRecord saidBy(int member, Contact contact, Bytes content) {
    byte[] words = Domain.CONTACT.statement(CERTIFICATE.network(), content, CERTIFICATE.sealed());
    Sealed said = new Sealed(content, Bytes.wrap(Cast.signer(member).sign(words)));
    return new MemberRecord(CERTIFICATE, contact, said);
  }

  private static Frame records(MemberRecord record) {
    return new Frame.Records(List.of(record));
  }

  private static MemberRecord ruling(Status status, Signer signer) {
    long number = status == Status.REVOKED ? Contact.REVOCATION : 9;
    Contact contact = Cast.record(5, 1).contact().ruled(number, status);
    return RecordCodec.sign(CERTIFICATE, contact, signer);
  }
}
