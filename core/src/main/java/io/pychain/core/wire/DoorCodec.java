package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Invitation;
import io.pychain.core.message.Doorstep.Knock;
import io.pychain.core.message.Doorstep.Offer;
import io.pychain.core.message.Doorstep.Payment;
import io.pychain.core.message.Doorstep.Quote;
import io.pychain.core.message.Doorstep.Welcome;
import io.pychain.core.message.Doorstep.Work;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Invite;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads and writes what is said before TLS begins.
final class DoorCodec {
  /// The last second of the year 9999.
  private static final long SECONDS_MAX = 253_402_300_799L;

  private DoorCodec() {}

  static void write(Writer out, Frame.BeforeTls frame) {
    switch (frame) {
      case Knock knock -> out.message(Kind.KNOCK, inner -> knock(inner, knock));
      case Quote quote -> out.message(Kind.QUOTE, inner -> quote(inner, quote));
      case Enter enter -> out.message(Kind.ENTER, inner -> enter(inner, enter));
      case Welcome() -> out.message(Kind.WELCOME, _ -> {});
    }
  }

  private static void knock(Writer out, Knock knock) {
    out.bytes(1, knock.key().bytes());
    out.number(2, knock.bid());
  }

  private static void quote(Writer out, Quote quote) {
    out.message(1, inner -> FrameWriter.network(inner, quote.network()));
    out.message(2, inner -> offer(inner, quote.offer()));
    out.number(3, quote.inviteOnly() ? 1 : 0);
  }

  private static void offer(Writer out, Offer offer) {
    out.number(1, offer.price());
    out.number(2, offer.made().getEpochSecond());
    out.bytes(3, offer.cookie());
  }

  private static void enter(Writer out, Enter enter) {
    out.bytes(1, enter.key().bytes());
    out.message(2, inner -> offer(inner, enter.offer()));
    switch (enter.payment()) {
      case Work(Bytes solution) -> {
        if (solution.length() > 0) {
          out.bytes(3, solution);
        }
      }
      case Invitation(Invite invite, Bytes signature) -> {
        out.sealed(4, invite.sealed());
        out.bytes(5, signature);
      }
    }
  }

  static Frame knock(Reader in) throws MalformedException {
    NodeKey key = null;
    int bid = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = key(in);
        case 2 -> bid = in.number("bid", 0, Offer.PRICE_MAX);
        default -> in.skip();
      }
    }
    return new Knock(in.required(key, "key"), bid);
  }

  private static NodeKey key(Reader in) throws MalformedException {
    return new NodeKey(in.bytes("key", NodeKey.LENGTH, NodeKey.LENGTH));
  }

  static Frame quote(Reader in) throws MalformedException {
    NetworkInfo network = null;
    Offer offer = null;
    boolean inviteOnly = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> network = FrameReader.network(in.message("network"));
        case 2 -> offer = offer(in.message("offer"));
        case 3 -> inviteOnly = in.number("invite_only", 0, 1) == 1;
        default -> in.skip();
      }
    }
    return new Quote(in.required(network, "network"), in.required(offer, "offer"), inviteOnly);
  }

  private static Offer offer(Reader in) throws MalformedException {
    int price = 0;
    long made = 0;
    Bytes cookie = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> price = in.number("price", 0, Offer.PRICE_MAX);
        case 2 -> made = in.number("made_seconds", 0, SECONDS_MAX);
        case 3 -> cookie = in.bytes("cookie", Offer.COOKIE_LENGTH, Offer.COOKIE_LENGTH);
        default -> in.skip();
      }
    }
    return new Offer(price, Instant.ofEpochSecond(made), in.required(cookie, "cookie"));
  }

  static Frame enter(Reader in) throws MalformedException {
    NodeKey key = null;
    Offer offer = null;
    Bytes solution = null;
    Invite invite = null;
    Bytes signature = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = key(in);
        case 2 -> offer = offer(in.message("offer"));
        case 3 -> solution = in.bytes("solution", 1, Work.LENGTH_MAX);
        case 4 -> invite = InviteCodec.read(in.message("invite"));
        case 5 -> signature = in.bytes("invited", Sealed.SIGNATURE_LENGTH, Sealed.SIGNATURE_LENGTH);
        default -> in.skip();
      }
    }
    return new Enter(
        in.required(key, "key"),
        in.required(offer, "offer"),
        payment(in, solution, invite, signature));
  }

  /// Either work, or both halves of an invitation.
  private static Payment payment(
      Reader in, @Nullable Bytes solution, @Nullable Invite invite, @Nullable Bytes signature)
      throws MalformedException {
    if (invite == null && signature == null) {
      return new Work(solution == null ? Bytes.EMPTY : solution);
    }
    if (solution != null) {
      throw in.malformed("solution", "is given beside an invitation");
    }
    return new Invitation(in.required(invite, "invite"), in.required(signature, "invited"));
  }

  static Frame welcome(Reader in) throws MalformedException {
    while (in.next()) {
      in.skip();
    }
    return new Welcome();
  }
}
