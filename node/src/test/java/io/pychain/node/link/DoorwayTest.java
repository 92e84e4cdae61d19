package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.Pass;
import io.pychain.core.admission.TariffConfig;
import io.pychain.core.admission.Terms;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Quote;
import io.pychain.core.message.Doorstep.Welcome;
import io.pychain.core.message.Doorstep.Work;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Input.GuestUp;
import io.pychain.core.protocol.Input.LinkUp;
import io.pychain.node.keys.InviteToken;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is said before TLS, byte by byte, by newcomers who mean well and others.
class DoorwayTest {
  private final TestNetwork network = new TestNetwork("here");
  private final NodeKeys keys = NodeKeys.generate();
  private final Entering newcomer = new Entering(keys.key(), Optional.empty());
  private TestNode boot;

  @BeforeEach
  void startABootNode() throws IOException {
    boot = network.member(0, Contact.BOOT);
  }

  @AfterEach
  void membersAreStillServed() throws Exception {
    try (TestNode member = network.member(999)) {
      member.dial(boot);
      member.expect(LinkUp.class);
    }
    boot.close();
  }

  @Test
  void newcomerThatGetsNoGuidIsToldWhyAndCounted() throws Exception {
    try (Stranger newcomer = Stranger.newcomer(boot)) {
      LinkId link = boot.expect(GuestUp.class).link();

      boot.drop(link, Reason.UNPAID);

      assertThat(newcomer.hearGoodbye().reason()).isEqualTo(Reason.UNPAID);
    }
    boot.awaitRefused(Refusal.UNPAID, 1);
  }

  @Test
  void whoHasKnockedEntersAndGoesOnWithTls() throws Exception {
    Enter enter = newcomer.pay(knock());

    try (Socket socket = Stranger.plain(boot)) {
      newcomer.enter(socket, enter);
      helloOver(socket, keys);

      GuestUp guest = boot.expect(GuestUp.class);
      assertThat(guest.key()).isEqualTo(keys.key());
      assertThat(guest.pass()).isEqualTo(new Pass.Paid(0));
    }
  }

  @Test
  void keyThatIsShownByTlsMustBeTheOneThatPaid() throws Exception {
    Enter enter = newcomer.pay(knock());

    try (Socket socket = Stranger.plain(boot)) {
      newcomer.enter(socket, enter);
      helloOver(socket, NodeKeys.generate());
      boot.awaitRefused(Refusal.IDENTITY, 1);
    }
    assertThat(boot.inputs()).isEmpty();
  }

  @Test
  void workIsAskedForInBusyTimesAndTakenAsPayment() throws Exception {
    boot.admitOn(busy());
    Quote quote = knock();
    assertThat(quote.offer().price()).isEqualTo(1);

    Enter enter = newcomer.pay(quote);

    try (Socket socket = Stranger.plain(boot)) {
      newcomer.enter(socket, enter);
      helloOver(socket, keys);
      assertThat(boot.expect(GuestUp.class).pass()).isEqualTo(new Pass.Paid(1));
    }
  }

  @Test
  void noWorkIsNotEnoughInBusyTimes() throws Exception {
    Quote free = knock();
    boot.admitOn(busy());

    assertThat(say(new Enter(keys.key(), free.offer(), new Work(Bytes.EMPTY))))
        .as("an offer of quiet times")
        .isInstanceOfSatisfying(
            Quote.class, quote -> assertThat(quote.offer().price()).isEqualTo(1));
    boot.awaitRefused(Refusal.UNPAID, 1);
    assertThat(say(new Enter(keys.key(), knock().offer(), new Work(Bytes.wrap(new byte[288])))))
        .as("a bogus solution")
        .isInstanceOfSatisfying(
            Goodbye.class, goodbye -> assertThat(goodbye.reason()).isEqualTo(Reason.INVALID));
    boot.awaitRefused(Refusal.INVALID, 1);
  }

  @Test
  void invitationOpensADoorThatIsClosedToOthers() throws Exception {
    boot.admitOn(new AdmissionConfig(Terms.Mode.INVITE, TariffConfig.DEFAULT).first());
    assertThatThrownBy(() -> newcomer.pay(knock()))
        .isInstanceOf(HopelessException.class)
        .hasMessageContaining("set INVITE");
    Instant until = Instant.now().plusSeconds(3_600);
    InviteToken token = InviteToken.make(network.info(), until, network.mandate());
    Entering invited = new Entering(keys.key(), Optional.of(InviteToken.parse(token.text())));

    try (Socket socket = Stranger.plain(boot)) {
      invited.enter(socket, invited.pay(knock()));
      helloOver(socket, keys);
      assertThat(boot.expect(GuestUp.class).pass()).isEqualTo(new Pass.Invited(token.id()));
    }
  }

  @Test
  void somethingElseThanANewcomersFrameIsRefused() throws Exception {
    try (Socket socket = Stranger.plain(boot)) {
      new PlainFrames(socket).write(new Frame.Ping(1));
      boot.awaitRefused(Refusal.MALFORMED, 1);
    }
    try (Socket socket = Stranger.plain(boot)) {
      socket.getOutputStream().write(new byte[] {0, (byte) 0xff, (byte) 0xff, (byte) 0xff});
      boot.awaitRefused(Refusal.MALFORMED, 2);
    }
    try (Socket socket = Stranger.plain(boot)) {
      socket.getOutputStream().write(new byte[] {0, 0, 0, 3, 9, 9, 9});
      boot.awaitRefused(Refusal.MALFORMED, 3);
    }
  }

  @Test
  void whatIsNoInvitationIsToldFromOne() {
    assertThatThrownBy(() -> InviteToken.parse("invite-abc")).hasMessageContaining("INVITE");
    assertThatThrownBy(() -> InviteToken.parse("abc")).hasMessageContaining("INVITE");
    InviteToken token = InviteToken.make(network.info(), Instant.now(), network.mandate());
    String damaged = token.text().replaceFirst("invite-.{5}", "invite-AAAAA");
    assertThatThrownBy(() -> InviteToken.parse(damaged)).hasMessageContaining("INVITE");
    assertThat(token.toString()).doesNotContain(token.text().substring(7));
  }

  private Quote knock() throws IOException {
    try (Socket socket = Stranger.plain(boot)) {
      Quote quote = newcomer.knock(socket, 0);
      assertThat(socket.getInputStream().read()).as("nothing is kept open").isEqualTo(-1);
      return quote;
    }
  }

  private Frame say(Frame frame) throws IOException {
    try (Socket socket = Stranger.plain(boot)) {
      PlainFrames plain = new PlainFrames(socket);
      plain.write(frame);
      Frame answer = plain.read();
      assertThat(answer).isNotInstanceOf(Welcome.class);
      return answer;
    }
  }

  private static void helloOver(Socket socket, NodeKeys keys) throws IOException {
    Stranger stranger = Stranger.over(socket, keys);
    stranger.say(Stranger.hello(Optional.empty(), ProtocolRange.OWN, Optional.empty()));
  }

  private static Terms busy() {
    Terms terms = AdmissionConfig.DEFAULT.first();
    for (int i = 0; i < 400; i++) {
      terms = terms.after(Instant.now(), AddressGroup.of("127.0.0.1"));
    }
    return terms;
  }
}
