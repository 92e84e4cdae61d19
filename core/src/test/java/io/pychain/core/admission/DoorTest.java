package io.pychain.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.admission.Door.Answer;
import io.pychain.core.admission.Door.Visitor;
import io.pychain.core.admission.Terms.Mode;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Invitation;
import io.pychain.core.message.Doorstep.Offer;
import io.pychain.core.message.Doorstep.Payment;
import io.pychain.core.message.Doorstep.Quote;
import io.pychain.core.message.Doorstep.Work;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.Invite;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.CheapSignatures;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.InviteCodec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What a stranger can get past a door with, and what not.
class DoorTest {
  private static final Signer NEWCOMER = Cast.signer(40);
  private static final Signer INVITED = Cast.signer(900);
  private static final AddressGroup GROUP = AddressGroup.of("192.0.2.7");
  private static final Instant NOW = Cast.NOON.plusMillis(700);
  private static final Bytes SOLVED = Bytes.utf8("solved");

  private final Terms quiet = AdmissionConfig.DEFAULT.first();
  private final Terms busy = after(quiet, 2_000);
  private final Door door = door(Cast.NETWORK, 1);

  @Test
  void quietTimesNeedACookieAndNoWork() {
    Quote quote = door.quote(NOW, visitor(), 0, quiet);

    assertThat(quote.offer().price()).isZero();
    assertThat(enter(quote.offer(), new Work(Bytes.EMPTY), quiet))
        .isEqualTo(new Answer.Enters(new Pass.Paid(0)));
  }

  @Test
  void busyTimesNeedWork() {
    Quote quote = door.quote(NOW, visitor(), 0, busy);
    assertThat(quote.offer().price()).isEqualTo(2);

    assertThat(enter(quote.offer(), new Work(SOLVED), busy))
        .isEqualTo(new Answer.Enters(new Pass.Paid(2)));
    assertThat(enter(quote.offer(), new Work(Bytes.EMPTY), busy))
        .isInstanceOfSatisfying(
            Answer.Leaves.class, leaves -> assertThat(leaves.reason()).isEqualTo(Reason.INVALID));
  }

  @Test
  void whoeverBidsIsAskedForThatAndNeverForMoreThanTheMost() {
    assertThat(door.quote(NOW, visitor(), 1, quiet).offer().price()).isEqualTo(1);
    assertThat(door.quote(NOW, visitor(), 1, busy).offer().price()).isEqualTo(2);
    assertThat(door.quote(NOW, visitor(), 1_024, quiet).offer().price())
        .isEqualTo(TariffConfig.DEFAULT.priceMax());
  }

  @Test
  void offerThatWasChangedIsNoOffer() {
    Offer made = door.quote(NOW, visitor(), 0, busy).offer();

    assertAskedAnew(new Offer(0, made.made(), made.cookie()), NEWCOMER.key(), GROUP);
    assertAskedAnew(
        new Offer(made.price(), made.made().plusSeconds(1), made.cookie()), NEWCOMER.key(), GROUP);
    assertAskedAnew(
        new Offer(made.price(), made.made(), Bytes.wrap(new byte[32])), NEWCOMER.key(), GROUP);
  }

  @Test
  void offerIsForOneKeyAndOneAddressGroup() {
    Offer made = door.quote(NOW, visitor(), 0, busy).offer();

    assertAskedAnew(made, Cast.signer(41).key(), GROUP);
    assertAskedAnew(made, NEWCOMER.key(), AddressGroup.of("198.51.100.7"));
    assertThat(door.enter(NOW, paid(made), AddressGroup.of("192.0.2.200"), busy))
        .as("a neighbour of the address")
        .isInstanceOf(Answer.Enters.class);
  }

  @Test
  void offerIsOfOneNodeAndOneNetwork() {
    Offer made = door.quote(NOW, visitor(), 0, busy).offer();
    NetworkInfo other = new NetworkInfo("another", Cast.AUTHORITY.key());

    assertThat(door(Cast.NETWORK, 2).enter(NOW, paid(made), GROUP, busy))
        .isInstanceOf(Answer.Pays.class);
    assertThat(door(other, 1).enter(NOW, paid(made), GROUP, busy)).isInstanceOf(Answer.Pays.class);
  }

  @Test
  void offerDoesNotHoldForEver() {
    Offer made = door.quote(NOW, visitor(), 0, busy).offer();
    Instant last = made.made().plus(Door.OFFER_AGE_MAX);

    assertThat(door.enter(last, paid(made), GROUP, busy)).isInstanceOf(Answer.Enters.class);
    assertThat(door.enter(last.plusMillis(1), paid(made), GROUP, busy))
        .isInstanceOf(Answer.Pays.class);
  }

  @Test
  void whatWasFreeIsNotHoardedForBusyTimes() {
    Offer free = door.quote(NOW, visitor(), 0, quiet).offer();

    assertThat(enter(free, new Work(Bytes.EMPTY), busy))
        .isInstanceOfSatisfying(
            Answer.Pays.class, pays -> assertThat(pays.quote().offer().price()).isEqualTo(2));
  }

  @Test
  void priceThatRoseWhileSomebodyWorkedIsStillTakenUpToTwice() {
    Offer two = door.quote(NOW, visitor(), 0, busy).offer();

    assertThat(enter(two, new Work(SOLVED), after(busy, 1_024 * 2)))
        .isInstanceOf(Answer.Enters.class);
    assertThat(enter(two, new Work(SOLVED), after(busy, 1_024 * 3)))
        .isInstanceOf(Answer.Pays.class);
  }

  @Test
  void puzzleIsBoundToNetworkKeyAndOffer() {
    Offer made = door.quote(NOW, visitor(), 0, busy).offer();
    var task = Door.task(Cast.NETWORK, NEWCOMER.key(), made);
    Offer later = door.quote(NOW.plusSeconds(1), visitor(), 0, busy).offer();

    assertThat(Door.task(Cast.NETWORK, NEWCOMER.key(), later)).isNotEqualTo(task);
    assertThat(Door.task(Cast.NETWORK, Cast.signer(41).key(), made)).isNotEqualTo(task);
    assertThat(Door.task(new NetworkInfo("b", Cast.AUTHORITY.key()), NEWCOMER.key(), made))
        .isNotEqualTo(task);
  }

  @Test
  void keyOfSmallOrderIsSentAway() {
    NodeKey identity = NodeKey.fromHex("01" + "00".repeat(31));
    Offer made = door.quote(NOW, new Visitor(identity, GROUP), 0, quiet).offer();

    assertThat(door.enter(NOW, new Enter(identity, made, new Work(Bytes.EMPTY)), GROUP, quiet))
        .isInstanceOfSatisfying(
            Answer.Leaves.class, leaves -> assertThat(leaves.reason()).isEqualTo(Reason.IDENTITY));
  }

  @Test
  void invitationSkipsPriceAndQuota() {
    Quote quote = door.quote(NOW, visitor(), 0, busy);

    assertThat(enter(quote.offer(), invitation(Cast.AUTHORITY, NEWCOMER), busy))
        .isEqualTo(new Answer.Enters(new Pass.Invited(INVITED.key())));
  }

  @Test
  void nobodyGetsInWithoutOneWhereItIsNeeded() {
    Terms closed = new Terms(Mode.INVITE, quiet.tariff());
    Quote quote = door.quote(NOW, visitor(), 0, closed);
    assertThat(quote.inviteOnly()).isTrue();

    assertThat(enter(quote.offer(), new Work(SOLVED), closed)).satisfies(DoorTest::notInvited);
    assertThat(enter(quote.offer(), invitation(Cast.AUTHORITY, NEWCOMER), closed))
        .isInstanceOf(Answer.Enters.class);
  }

  @Test
  void invitationOfAnotherAuthorityForAnotherKeyOrTooLateIsNone() {
    Offer offer = door.quote(NOW, visitor(), 0, quiet).offer();

    assertThat(enter(offer, invitation(Cast.signer(7), NEWCOMER), quiet))
        .satisfies(DoorTest::notInvited);
    assertThat(enter(offer, invitation(Cast.AUTHORITY, Cast.signer(41)), quiet))
        .as("copied from somebody else's way in")
        .satisfies(DoorTest::notInvited);
    Instant after = NOW.plus(Duration.ofHours(1)).plusSeconds(1);
    Offer fresh = door.quote(after, visitor(), 0, quiet).offer();
    assertThat(
            door.enter(
                after,
                new Enter(NEWCOMER.key(), fresh, invitation(Cast.AUTHORITY, NEWCOMER)),
                GROUP,
                quiet))
        .satisfies(DoorTest::notInvited);
  }

  @Test
  void openDoorAsksForNothingHoweverBusyItIs() {
    Terms open = new Terms(Mode.OPEN, busy.tariff());
    Quote quote = door.quote(NOW, visitor(), 0, open);

    assertThat(quote.offer().price()).isZero();
    assertThat(enter(quote.offer(), new Work(Bytes.EMPTY), open)).isInstanceOf(Answer.Enters.class);
  }

  private static void notInvited(Answer answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Leaves.class,
            leaves -> assertThat(leaves.reason()).isEqualTo(Reason.NOT_INVITED));
  }

  private void assertAskedAnew(Offer offer, NodeKey key, AddressGroup group) {
    assertThat(door.enter(NOW, new Enter(key, offer, new Work(SOLVED)), group, busy))
        .isInstanceOf(Answer.Pays.class);
  }

  private Answer enter(Offer offer, Payment payment, Terms terms) {
    return door.enter(NOW, new Enter(NEWCOMER.key(), offer, payment), GROUP, terms);
  }

  private static Enter paid(Offer offer) {
    return new Enter(NEWCOMER.key(), offer, new Work(SOLVED));
  }

  private static Payment invitation(Signer authority, Signer newcomer) {
    var network = Networks.idOf(Cast.NETWORK);
    Invite invite =
        InviteCodec.issue(network, INVITED.key(), NOW.plus(Duration.ofHours(1)), authority);
    byte[] statement = Domain.INVITED.statement(network, newcomer.key().bytes());
    return new Invitation(invite, Bytes.wrap(INVITED.sign(statement)));
  }

  private static Visitor visitor() {
    return new Visitor(NEWCOMER.key(), GROUP);
  }

  private static Terms after(Terms terms, int admissions) {
    Terms later = terms;
    for (int i = 0; i < admissions; i++) {
      later = later.after(NOW, AddressGroup.of("127.0.0.1"));
    }
    return later;
  }

  private static Door door(NetworkInfo network, int secret) {
    Verifier verifier = new Verifier(network, CheapSignatures.SCHEME, new KnownKeys());
    PuzzleScheme puzzle = (_, solution) -> solution.equals(SOLVED);
    return new Door(network, Bytes.wrap(new byte[] {(byte) secret}), puzzle, verifier);
  }
}
