package io.pychain.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.admission.Admission.Ruling;
import io.pychain.core.admission.Admission.Ruling.Allocated;
import io.pychain.core.admission.Admission.Ruling.Known;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import io.pychain.core.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission(AdmissionTest::certify, List.of());

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

    Admission restarted = new Admission(AdmissionTest::certify, disk);

    for (int i = 0; i < 5; i++) {
      assertThat(restarted.admit(Cast.NOON, key(i))).isEqualTo(new Known(disk.get(i)));
    }
    assertThat(restarted.admit(Cast.NOON, key(9)))
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

  private Certificate allocate(int key) {
    return ((Allocated) admit(key)).certificate();
  }

  private Ruling admit(int key) {
    return admission.admit(Cast.NOON, key(key));
  }

  private static NodeKey key(int number) {
    return Cast.signer(number).key();
  }

  private static Certificate certify(Guid guid, int epoch, NodeKey key, java.time.Instant issued) {
    var network = Cast.certificate(0, 1).network();
    return RecordCodec.certify(
        new RecordCodec.Grant(network, guid, epoch, key, issued), Cast.AUTHORITY);
  }
}
