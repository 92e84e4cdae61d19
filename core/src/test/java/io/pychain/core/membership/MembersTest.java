package io.pychain.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pychain.core.Cast;
import io.pychain.core.membership.Members.Outcome;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MembersTest {
  private final Members members = new Members();

  @Test
  void newestRecordWins() {
    assertThat(members.offer(Cast.record(2, 5))).isEqualTo(Outcome.NEW);
    assertThat(members.offer(Cast.record(2, 7))).isEqualTo(Outcome.NEWER);
    assertThat(members.offer(Cast.record(2, 7))).isEqualTo(Outcome.KNOWN);
    assertThat(members.offer(Cast.record(2, 6))).isEqualTo(Outcome.KNOWN);

    assertThat(members.of(Guid.of(2))).contains(Cast.record(2, 7));
    assertThat(members.size()).isEqualTo(1);
  }

  @Test
  void higherEpochWinsWhateverTheNumber() {
    MemberRecord later = Cast.record(Cast.certificate(2, 2), 1, Status.ACTIVE);
    members.offer(Cast.record(2, 7));

    assertThat(members.offer(later)).isEqualTo(Outcome.NEWER);
    assertThat(members.offer(Cast.record(2, 99))).isEqualTo(Outcome.KNOWN);
  }

  @Test
  void guidBoundToAnotherKeyIsAConflict() {
    members.offer(Cast.record(2, 7));
    var stolen = Cast.certificate(3, 1);
    var conflicting =
        new MemberRecord(
            new io.pychain.core.message.Certificate(
                stolen.network(),
                Guid.of(2),
                1,
                stolen.key(),
                stolen.issued(),
                stolen.invite(),
                stolen.delegation(),
                stolen.expires(),
                stolen.former(),
                stolen.sealed()),
            Cast.record(3, 99).contact(),
            Cast.record(3, 99).sealed());

    assertThat(members.offer(conflicting)).isEqualTo(Outcome.CONFLICT);
    assertThat(members.of(Guid.of(2))).contains(Cast.record(2, 7));
  }

  @Test
  void whoLeftIsKnownButNotOnTheRingUntilItComesBack() {
    members.offer(Cast.record(2, 1));
    members.offer(Cast.record(Cast.certificate(2, 1), 2, Status.LEFT));

    assertThat(members.contains(Guid.of(2))).isTrue();
    assertThat(members.ring().contains(Guid.of(2))).isFalse();

    members.offer(Cast.record(2, 3));
    assertThat(members.ring().contains(Guid.of(2))).isTrue();
  }

  @Test
  void banStandsAgainstAllThatTheMemberSaysInThatEpoch() {
    members.offer(Cast.record(2, 1));
    members.offer(Cast.ruling(2, 3, Status.REVOKED));

    MemberRecord last = Cast.record(Cast.certificate(2, 3), Contact.REVOCATION - 1, Status.ACTIVE);
    assertThat(members.offer(last)).isEqualTo(Outcome.KNOWN);
    assertThat(members.isRevoked(Guid.of(2))).isTrue();
    assertThat(members.takesPart(Guid.of(2))).isFalse();
    assertThat(members.addressed()).doesNotContain(Guid.of(2));
  }

  @Test
  void laterEpochEndsABan() {
    members.offer(Cast.ruling(2, 3, Status.REVOKED));
    members.offer(Cast.ruling(2, 4, Status.PARDONED));

    assertThat(members.isRevoked(Guid.of(2))).isFalse();
    assertThat(members.takesPart(Guid.of(2))).isFalse();

    members.offer(Cast.record(Cast.certificate(2, 4), 2, Status.ACTIVE));
    assertThat(members.takesPart(Guid.of(2))).isTrue();
  }

  @Test
  void noMemberCanTakeTheNumberOfABan() {
    assertThatIllegalArgumentException().isThrownBy(() -> Cast.record(2, Contact.REVOCATION));
  }

  @Test
  void orderOfArrivalDoesNotMatter() {
    List<MemberRecord> records = new ArrayList<>();
    for (int guid = 0; guid < 8; guid++) {
      for (int number = 1; number < 5; number++) {
        Status status = (guid + number) % 3 == 0 ? Status.LEFT : Status.ACTIVE;
        records.add(Cast.record(Cast.certificate(guid, 1), number, status));
      }
    }
    records.forEach(members::offer);

    for (int seed = 0; seed < 20; seed++) {
      Members other = new Members();
      Collections.shuffle(records, new Random(seed));
      records.forEach(other::offer);

      assertThat(other.all()).as("seed %d", seed).isEqualTo(members.all());
      assertThat(other.ring().members()).isEqualTo(members.ring().members());
    }
  }
}
