package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.admission.Admission;
import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.CertificateConfig;
import io.pychain.core.admission.Pass;
import io.pychain.core.admission.TariffConfig;
import io.pychain.core.admission.Terms;
import io.pychain.core.link.LinkConfig;
import io.pychain.core.link.LinkId;
import io.pychain.core.link.Links;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.protocol.Persist.StoreAllocation;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.core.wire.DelegationCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuestsTest {
  private static final LinkId FIRST = new LinkId(1);
  private static final LinkId SECOND = new LinkId(2);
  private static final AddressGroup OFFICE = AddressGroup.of("192.0.2.9");

  private final Links links = new Links(Guid.of(0), LinkConfig.DEFAULT);
  private final Outlet out = new Outlet(links, new Counters());
  private final Writes writes = new Writes(out, Stored.empty(1), Long.MAX_VALUE);
  private Optional<String> refusal = Optional.empty();
  private final Guests guests = guests(Optional.of(admission()));

  @Test
  void nobodyGetsAGuidWhileTheTableMayLackSome() {
    refusal = Optional.of("has yet to learn who there is");
    guests.up(guest(FIRST, 40));

    ask(FIRST);

    assertThat(reasons()).containsExactly(Reason.FULL);
  }

  @Test
  void ordinaryMemberTellsAKnownKeyWhoItIs() {
    Guests ordinary = guests(Optional.empty());
    ordinary.up(guest(FIRST, 1));

    ordinary.received(Cast.NOON, FIRST, new Frame.Join(0), List.of(Cast.record(1, 1)));

    assertThat(out.drain().send())
        .containsExactly(admitted(FIRST, Cast.record(1, 1).certificate(), true));
  }

  @Test
  void newcomerIsToldItsGuidOnlyOnceThatIsOnDisk() {
    Certificate certificate = join(FIRST, 40);
    assertThat(out.drain().send()).isEmpty();

    guests.persisted(certificate);

    assertThat(out.drain().send()).containsExactly(admitted(FIRST, certificate, false));
  }

  @Test
  void sameKeyIsToldTheSameAtOnceTheNextTime() {
    Certificate certificate = join(FIRST, 40);
    guests.persisted(certificate);
    out.drain();
    guests.down(FIRST);

    guests.up(guest(SECOND, 40));
    ask(SECOND);

    Effects effects = out.drain();
    assertThat(effects.send()).containsExactly(admitted(SECOND, certificate, true));
    assertThat(effects.persist()).isEmpty();
  }

  @Test
  void keyOfABannedMemberIsNotTheKeyOfANewcomer() {
    guests.up(guest(FIRST, 40));

    guests.received(
        Cast.NOON, FIRST, new Frame.Join(0), List.of(Cast.ruling(40, 3, Contact.Status.REVOKED)));

    assertThat(reasons()).containsExactly(Reason.REVOKED);
  }

  @Test
  void twoLinksOfOneKeyAreToldTheSameGuid() {
    Certificate certificate = join(FIRST, 40);
    guests.up(guest(SECOND, 40));
    ask(SECOND);
    assertThat(out.drain().persist()).as("one allocation").isEmpty();

    guests.persisted(certificate);

    assertThat(out.drain().send())
        .containsExactly(admitted(FIRST, certificate, false), admitted(SECOND, certificate, false));
  }

  @Test
  void askingTwiceIsAnsweredOnce() {
    Certificate certificate = join(FIRST, 40);
    ask(FIRST);

    guests.persisted(certificate);

    assertThat(out.drain().send()).hasSize(1);
  }

  @Test
  void guestThatLeftIsToldNothingAndKeepsItsGuid() {
    Certificate certificate = join(FIRST, 40);
    guests.down(FIRST);
    guests.persisted(certificate);
    assertThat(out.drain().send()).isEmpty();

    guests.up(guest(SECOND, 40));
    ask(SECOND);
    assertThat(out.drain().send()).containsExactly(admitted(SECOND, certificate, true));
  }

  @Test
  void whenTheStoreFailsThoseWhoWaitAreSentAwayAndMayAskAgain() {
    join(FIRST, 40);

    writes.failed(Cast.NOON, "disk full");
    guests.failed("disk full");
    assertThat(reasons()).containsExactly(Reason.FULL);

    guests.up(guest(SECOND, 41));
    ask(SECOND);
    assertThat(reasons()).as("while it fails").containsExactly(Reason.FULL);

    writes.recovered();
    ask(SECOND);
    assertThat(out.drain().persist()).hasOnlyElementsOfType(StoreAllocation.class).hasSize(1);
  }

  @Test
  void guestMayOnlyAskToJoin() {
    guests.up(guest(FIRST, 40));

    guests.received(Cast.NOON, FIRST, new Frame.Ping(1), List.of());

    assertThat(reasons()).containsExactly(Reason.MALFORMED);
  }

  @Test
  void nodeThatIsNoBootNodeNamesOne() {
    Guests ordinary = guests(Optional.empty());
    ordinary.up(guest(FIRST, 40));

    ordinary.received(
        Cast.NOON, FIRST, new Frame.Join(0), List.of(Cast.record(1, 1), Cast.record(0, 1)));

    assertThat(out.drain().drop())
        .singleElement()
        .satisfies(drop -> {
          assertThat(drop.reason()).isEqualTo(Reason.NOT_A_BOOT_NODE);
          assertThat(drop.detail()).contains("member-0:9000");
        });
  }

  private Certificate join(LinkId link, int key) {
    guests.up(guest(link, key));
    ask(link);
    return ((StoreAllocation) out.drain().persist().getFirst()).certificate();
  }

  @Test
  void demandRaisesThePriceAndWhoHasNotPaidItIsSentBackToTheDoor() {
    for (int key = 100; key < 116; key++) {
      join(new LinkId(key), key);
    }
    assertThat(guests.terms().orElseThrow().price(Cast.NOON, OFFICE, 0)).isEqualTo(1);

    guests.up(guest(FIRST, 40));
    ask(FIRST);
    assertThat(reasons()).containsExactly(Reason.UNPAID);

    guests.up(guest(SECOND, 40, new Pass.Paid(1)));
    ask(SECOND);
    assertThat(out.drain().persist()).hasOnlyElementsOfType(StoreAllocation.class).hasSize(1);
  }

  @Test
  void askingAgainForWhatOneHasDoesNotRaiseThePrice() {
    Certificate certificate = join(FIRST, 40);
    guests.persisted(certificate);
    Terms before = guests.terms().orElseThrow();

    for (int i = 0; i < 100; i++) {
      ask(FIRST);
    }

    assertThat(guests.terms()).contains(before);
  }

  @Test
  void invitationCountsOnceAndIsNoDemand() {
    Terms before = guests.terms().orElseThrow();
    Pass invited = new Pass.Invited(Cast.signer(900).key());
    guests.up(guest(FIRST, 40, invited));
    ask(FIRST);
    assertThat(out.drain().persist()).hasSize(1);

    guests.up(guest(SECOND, 41, invited));
    ask(SECOND);

    assertThat(reasons()).containsExactly(Reason.NOT_INVITED);
    assertThat(guests.terms()).contains(before);
  }

  @Test
  void onlyTheInvitedJoinWhereThatIsTheRule() {
    Guests closed =
        guests(
            Optional.of(admission()), new AdmissionConfig(Terms.Mode.INVITE, TariffConfig.DEFAULT));
    closed.up(guest(FIRST, 40, new Pass.Paid(1_000)));
    closed.received(Cast.NOON, FIRST, new Frame.Join(0), List.of());
    assertThat(reasons()).containsExactly(Reason.NOT_INVITED);

    closed.up(guest(SECOND, 40, new Pass.Invited(Cast.signer(900).key())));
    closed.received(Cast.NOON, SECOND, new Frame.Join(0), List.of());
    assertThat(out.drain().persist()).hasSize(1);
  }

  @Test
  void memberWhoseCertificateEndsGetsALaterOneOfItsEpochAfterAQuarter() {
    Guests boot = guests(Optional.of(admission(lasting(Duration.ofHours(4)))));
    boot.up(guest(FIRST, 40));
    boot.received(Cast.NOON, FIRST, new Frame.Join(0), List.of());
    Certificate first = allocated();
    boot.persisted(first);

    boot.extend(Cast.NOON.plus(Duration.ofMinutes(59)), FIRST, first);
    assertThat(out.drain().persist()).as("too early").isEmpty();
    boot.extend(Cast.NOON.plus(Duration.ofMinutes(61)), FIRST, first);

    Certificate later = allocated();
    assertThat(later.expires()).contains(Cast.NOON.plus(Duration.ofMinutes(61 + 240)));
    assertThat(later.epoch()).isEqualTo(first.epoch());
    assertThat(later.guid()).isEqualTo(first.guid());
    assertThat(later.replaces(first)).isTrue();
  }

  @Test
  void whoForgotThatItIsAMemberGetsALaterCertificateToo() {
    Guests boot = guests(Optional.of(admission(lasting(Duration.ofHours(1)))));
    boot.up(guest(FIRST, 40));
    boot.received(Cast.NOON, FIRST, new Frame.Join(0), List.of());
    Certificate first = allocated();
    boot.persisted(first);

    boot.up(guest(SECOND, 40));
    boot.received(Cast.NOON.plus(Duration.ofDays(9)), SECOND, new Frame.Join(0), List.of());

    assertThat(allocated().guid()).isEqualTo(first.guid());
  }

  private Certificate allocated() {
    return ((StoreAllocation) out.drain().persist().getFirst()).certificate();
  }

  private static CertificateConfig lasting(Duration time) {
    return new CertificateConfig(Optional.of(time), Duration.ofMinutes(1));
  }

  @Test
  void bootNodeWhoseDelegationHasEndedAdmitsNobodyAndRenewsNobody() {
    var network = Cast.certificate(0, 1).network();
    Instant end = Cast.NOON.minusSeconds(1);
    var ended = DelegationCodec.issue(network, Cast.signer(0).key(), end, Cast.AUTHORITY);
    var mandate = new Mandate(Cast.signer(0), Optional.of(ended), Cast.MANDATE.secret());
    Guests boot =
        guests(
            Optional.of(
                new Admission(
                    new Certifier(network, mandate, CertificateConfig.DEFAULT), List.of())));
    boot.up(guest(FIRST, 40));

    boot.received(Cast.NOON, FIRST, new Frame.Join(0), List.of());
    boot.renew(Cast.NOON.plus(Admission.EPOCH_PAUSE), SECOND, Cast.certificate(5, 1));

    Effects effects = out.drain();
    assertThat(effects.persist()).isEmpty();
    assertThat(effects.drop()).extracting(Effects.Drop::reason).containsExactly(Reason.FULL);
    assertThat(effects.drop().getFirst().detail()).contains("another delegation");
  }

  private static Input.GuestUp guest(LinkId link, int key) {
    return guest(link, key, Pass.NOTHING);
  }

  private static Input.GuestUp guest(LinkId link, int key, Pass pass) {
    return new Input.GuestUp(link, Cast.signer(key).key(), "192.0.2.7", pass);
  }

  private void ask(LinkId link) {
    guests.received(Cast.NOON, link, new Frame.Join(0), List.of());
  }

  private List<Reason> reasons() {
    return out.drain().drop().stream().map(Effects.Drop::reason).toList();
  }

  private static Effects.Send admitted(LinkId link, Certificate certificate, boolean known) {
    return new Effects.Send(link, new Frame.Admitted(certificate, Cast.record(0, 1), known));
  }

  private Guests guests(Optional<Admission> admission) {
    return guests(admission, AdmissionConfig.DEFAULT);
  }

  private Guests guests(Optional<Admission> admission, AdmissionConfig config) {
    var desk = new Guests.Desk(admission, () -> refusal, config);
    return new Guests(desk, new Papers(Props.identity(0)), writes, out);
  }

  private static Admission admission() {
    return admission(CertificateConfig.DEFAULT);
  }

  private static Admission admission(CertificateConfig config) {
    var network = Cast.certificate(0, 1).network();
    Admission table = new Admission(new Certifier(network, Cast.MANDATE, config), List.of());
    table.reserve(Guid.of(0));
    return table;
  }
}
