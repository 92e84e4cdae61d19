package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.admission.Admission;
import io.pychain.core.admission.Admission.Ruling;
import io.pychain.core.admission.CertificateConfig;
import io.pychain.core.admission.Pass;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Networks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// When a boot node may hand out GUIDs, as newcomers meet it.
class LicenceTest {
  private static final LinkId PEER = new LinkId(1);
  private static final long PEER_STORE = 70;

  private final List<Frame> sent = new ArrayList<>();
  private final List<Frame.Reason> dropped = new ArrayList<>();
  private Instant now = Cast.NOON;
  private long lastGuest = 100;

  @Test
  void founderAdmitsAtOnce() {
    Protocol boot = boot(0, stored(List.of(), List.of()));

    assertThat(join(boot, 41)).contains(Guid.of(1));
  }

  @Test
  void bootNodeAsksTheMembersFirstWhoThereIs() {
    Protocol boot = boot(0, stored(List.of(3), List.of(0, 3)));
    assertThat(join(boot, 41)).as("before a member has answered").isEmpty();
    assertThat(dropped).containsExactly(Frame.Reason.FULL);

    compareWith(boot, 3);

    assertThat(join(boot, 41)).as("its table was complete").contains(Guid.of(4));
  }

  @Test
  void gapIsLeftAboveGuidsThatTheTableDoesNotKnow() {
    Protocol boot = boot(0, stored(List.of(3), List.of(0, 3)));
    compareWith(boot, 3, 7);

    assertThat(join(boot, 41)).contains(dealtAfter(7 + 1 + Licence.GAP));
  }

  @Test
  void tableThatWasLostIsRebuiltFromRecordsAndNeverGuessed() {
    Protocol boot = boot(0, stored(List.of(3), List.of()));
    pass(boot, Licence.LONELY.multipliedBy(10));
    assertThat(join(boot, 41)).as("with nobody to ask").isEmpty();

    compareWith(boot, 3, 5);

    assertThat(join(boot, 5)).as("a known key gets its own").contains(Guid.of(5));
    assertThat(join(boot, 41)).contains(dealtAfter(5 + 1 + Licence.GAP));
  }

  @Test
  void bootNodeThatNobodyAnswersReliesOnItsTableAndAGap() {
    Protocol boot = boot(0, stored(List.of(3), List.of(0, 3)));
    pass(boot, Duration.ofSeconds(1));
    pass(boot, Licence.LONELY);

    assertThat(join(boot, 41)).contains(dealtAfter(3 + 1 + Licence.GAP));
  }

  @Test
  void ofSeveralTheLowestAllocatesAndTheNextTakesOverWhenItHasLeft() {
    Protocol second = boot(2, stored(List.of(0), List.of()));
    compareWith(second, 0);
    assertThat(join(second, 41)).as("while 0 is there").isEmpty();

    MemberRecord left = Cast.record(Cast.certificate(0, 1), 9, Status.LEFT);
    give(second, new Input.Received(PEER, new Frame.Records(List.of(left))));
    pass(second, Duration.ofSeconds(1));

    assertThat(join(second, 41)).contains(dealtAfter(2 + 1 + Licence.GAP));
  }

  private static Stored stored(List<Integer> members, List<Integer> table) {
    List<MemberRecord> records = members.stream().map(guid -> Cast.record(guid, 1)).toList();
    List<Certificate> allocations = table.stream().map(guid -> Cast.certificate(guid, 1)).toList();
    return new Stored(
        7,
        0,
        0,
        records,
        List.of(),
        List.of(),
        allocations,
        List.of(),
        Optional.empty(),
        List.of());
  }

  private Protocol boot(int guid, Stored stored) {
    Identity identity =
        new Identity(
            Cast.NETWORK,
            Cast.record(guid, 2),
            Cast.signer(guid),
            Optional.of(Cast.MANDATE),
            false);
    Protocol boot = new Protocol(identity, Props.CONFIG, stored, new SplittableRandom(1));
    pass(boot, Duration.ZERO);
    return boot;
  }

  /// A peer shows records that the boot node may not know, and that is all there is.
  private void compareWith(Protocol boot, int peer, int... others) {
    give(boot, new Input.LinkUp(PEER, Cast.record(peer, 1), PEER_STORE, "host", 2, true));
    for (int other : others) {
      MemberRecord record = Cast.record(other, 1);
      give(boot, new Input.Received(PEER, new Frame.Records(List.of(record))));
    }
    give(boot, new Input.Received(PEER, new Frame.Heads(0, 0, 0, List.of(), List.of())));
    pass(boot, Duration.ZERO);
  }

  /// @return the GUID that a newcomer with this key is given, if it is given one
  private Optional<Guid> join(Protocol boot, int key) {
    LinkId link = new LinkId(++lastGuest);
    NodeKey newcomer = Cast.signer(key).key();
    sent.clear();
    give(boot, new Input.GuestUp(link, newcomer, "somewhere", Pass.NOTHING));
    give(boot, new Input.Received(link, new Frame.Join(0)));
    return sent.stream()
        .filter(Frame.Admitted.class::isInstance)
        .map(frame -> ((Frame.Admitted) frame).certificate().guid())
        .findFirst();
  }

  /// The GUID that is dealt once so many others are dealt or left out.
  private static Guid dealtAfter(int others) {
    Admission table =
        new Admission(
            new Certifier(Networks.idOf(Cast.NETWORK), Cast.MANDATE, CertificateConfig.DEFAULT),
            List.of(Cast.certificate(0, 1)));
    table.leaveOut(others - 1);
    Ruling ruling = table.admit(Cast.NOON, Cast.signer(41).key(), Optional.empty());
    return ((Ruling.Allocated) ruling).certificate().guid();
  }

  private void pass(Protocol boot, Duration time) {
    now = now.plus(time);
    give(boot, new Input.Wake());
  }

  private void give(Protocol boot, Input input) {
    Effects effects = boot.handle(now, input);
    effects.send().forEach(send -> sent.add(send.frame()));
    effects.drop().forEach(drop -> dropped.add(drop.reason()));
    for (Persist write : List.copyOf(effects.persist())) {
      give(boot, new Input.Persisted(write.write()));
    }
  }
}
