package io.pychain.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.admission.Admission.Ruling;
import io.pychain.core.admission.Admission.Ruling.Allocated;
import io.pychain.core.admission.Admission.Ruling.Known;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final TestAuthority AUTHORITY = new TestAuthority();
  private final Admission admission = new Admission(AUTHORITY, List.of());

  @Test
  void eachKeyGetsTheNextGuid() {
    assertThat(allocate(1).guid()).isEqualTo(Guid.of(0));
    assertThat(allocate(2).guid()).isEqualTo(Guid.of(1));
  }

  @Test
  void sameKeyGetsTheSameCertificateForEver() {
    Certificate first = allocate(1);
    admission.persisted(first);
    admission.persisted(allocate(2));

    assertThat(admit(1)).isEqualTo(new Known(first));
    assertThat(admission.of(key(1))).contains(first);
  }

  @Test
  void sameKeyGetsTheSameCertificateAfterARestart() {
    List<Certificate> disk = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      disk.add(allocate(i));
    }

    Admission restarted = new Admission(AUTHORITY, disk);

    for (int i = 0; i < 5; i++) {
      assertThat(restarted.admit(Cast.NOON, key(i), Optional.empty()))
          .isEqualTo(new Known(disk.get(i)));
    }
    assertThat(restarted.admit(Cast.NOON, key(9), Optional.empty()))
        .isInstanceOfSatisfying(
            Allocated.class, fresh -> assertThat(fresh.certificate().guid().value()).isEqualTo(5));
  }

  @Test
  void nothingIsToldBeforeItIsOnDisk() {
    allocate(1);

    assertThat(admit(1)).isEqualTo(new Ruling.Pending());
    assertThat(admission.of(key(1))).isEmpty();
  }

  @Test
  void guidInUseIsNeverGivenAgain() {
    admission.reserve(Guid.of(7));
    admission.reserve(Guid.of(3));

    assertThat(allocate(1).guid()).isEqualTo(Guid.of(8));
  }

  @Test
  void guidThatTheDiskRefusedIsNotGivenToAnother() {
    Guid lost = allocate(1).guid();

    admission.forgetWhatIsNotDurable();

    assertThat(allocate(2).guid()).isNotEqualTo(lost);
    assertThat(admit(1)).as("asks again").isInstanceOf(Allocated.class);
  }

  @Test
  void thoseWhoAskAtATimeAreBounded() {
    for (int i = 0; i < Admission.PENDING_MAX; i++) {
      allocate(i);
    }

    assertThat(admit(Admission.PENDING_MAX)).isEqualTo(new Ruling.Busy());
  }

  @Test
  void invitationIsSpentByTheCertificateThatItLedTo() {
    NodeKey invite = key(1_000);
    Certificate first =
        ((Allocated) admission.admit(Cast.NOON, key(1), Optional.of(invite))).certificate();
    assertThat(first.invite()).contains(invite);
    assertThat(admission.admit(Cast.NOON, key(2), Optional.of(invite)))
        .as("before that is on disk")
        .isEqualTo(new Ruling.Spent());

    Admission another = new Admission(AUTHORITY, List.of());
    another.learn(first);

    assertThat(another.admit(Cast.NOON, key(2), Optional.of(invite)))
        .as("at a boot node that has learned of the member")
        .isEqualTo(new Ruling.Spent());
    assertThat(another.admit(Cast.NOON, key(1), Optional.of(invite)))
        .as("for whom it was")
        .isEqualTo(new Known(first));
  }

  @Test
  void invitationMayBeShownAgainByTheSameKeyIfTheDiskFailed() {
    NodeKey invite = key(1_000);
    admission.admit(Cast.NOON, key(1), Optional.of(invite));

    admission.forgetWhatIsNotDurable();

    assertThat(admission.admit(Cast.NOON, key(1), Optional.of(invite)))
        .isInstanceOf(Allocated.class);
  }

  @Test
  void nobodyLaysInEpochs() {
    Certificate first =
        ((Allocated) admission.admit(Cast.NOON, key(1), Optional.empty())).certificate();
    admission.persisted(first);
    Instant later = Cast.NOON.plus(Admission.EPOCH_PAUSE);
    Certificate second = ((Allocated) admission.renew(later, first)).certificate();
    admission.persisted(second);

    Ruling again = admission.renew(later.plus(Admission.EPOCH_PAUSE.multipliedBy(9)), first);

    assertThat(again).as("before it has shown the second").isEqualTo(new Ruling.Known(second));
  }

  @Test
  void banLiesBeyondAllThatTheMemberCanHave() {
    Certificate first =
        ((Allocated) admission.admit(Cast.NOON, key(1), Optional.empty())).certificate();
    admission.persisted(first);
    Certificate second =
        ((Allocated) admission.renew(Cast.NOON.plus(Admission.EPOCH_PAUSE), first)).certificate();
    admission.persisted(second);

    Certificate ban = admission.overrule(Cast.NOON, first);

    assertThat(ban.epoch()).isEqualTo(second.epoch() + Admission.BEYOND);
    assertThat(ban.guid()).isEqualTo(first.guid());
    assertThat(ban.key()).isEqualTo(first.key());
  }

  @Test
  void nobodyIsAdmittedOnceAllGuidsAreGiven() {
    for (int guid = Ring.GUID_MAX - (1 << 16); guid <= Ring.GUID_MAX; guid++) {
      admission.reserve(Guid.of(guid));
    }

    assertThat(admit(1)).isEqualTo(new Ruling.Busy());
  }

  @Test
  void memberAtTheLastEpochGetsNoOtherAndCanBeBanned() {
    Certificate last =
        AUTHORITY.certify(
            new Admission.Allotment(
                Guid.of(5), Integer.MAX_VALUE, Lineage.of(key(5)), Optional.empty()),
            Cast.NOON);

    assertThat(admission.renew(Cast.NOON.plus(Admission.EPOCH_PAUSE), last))
        .isEqualTo(new Ruling.Busy());
    assertThat(admission.overrule(Cast.NOON, last).epoch()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void newEpochStillTellsOfTheInvitation() {
    NodeKey invite = key(1_000);
    Certificate first =
        ((Allocated) admission.admit(Cast.NOON, key(1), Optional.of(invite))).certificate();
    admission.persisted(first);

    Ruling renewed = admission.renew(Cast.NOON.plus(Admission.EPOCH_PAUSE), first);

    assertThat(((Allocated) renewed).certificate().invite()).contains(invite);
  }

  /// What a boot node that has lost its table must come to: the same GUIDs are not dealt again, in
  /// whatever order it learns of them.
  @Test
  void tableThatIsRebuiltDealsOnWhereTheLostOneStood() {
    List<Certificate> given = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      given.add(allocate(i));
    }
    Guid next = allocate(100).guid();

    Collections.shuffle(given, new Random(7));
    Admission rebuilt = new Admission(AUTHORITY, given);

    assertThat(rebuilt.admit(Cast.NOON, key(100), Optional.empty()))
        .isInstanceOfSatisfying(
            Allocated.class, fresh -> assertThat(fresh.certificate().guid()).isEqualTo(next));
  }

  private Certificate allocate(int key) {
    return ((Allocated) admit(key)).certificate();
  }

  private Ruling admit(int key) {
    return admission.admit(Cast.NOON, key(key), Optional.empty());
  }

  private static NodeKey key(int number) {
    return Cast.signer(number).key();
  }
}
