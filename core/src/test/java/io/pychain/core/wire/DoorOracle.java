package io.pychain.core.wire;

import io.pychain.core.message.Doorstep;
import io.pychain.core.message.Frame;
import io.pychain.core.wire.proto.Enter;
import io.pychain.core.wire.proto.Knock;
import io.pychain.core.wire.proto.Network;
import io.pychain.core.wire.proto.Offer;
import io.pychain.core.wire.proto.Quote;
import io.pychain.core.wire.proto.Welcome;

/// The part of the [Oracle] that speaks before TLS.
final class DoorOracle {
  private DoorOracle() {}

  static void put(io.pychain.core.wire.proto.Frame.Builder out, Frame.BeforeTls said) {
    switch (said) {
      case Doorstep.Knock knock ->
          out.setKnock(
              Knock.newBuilder().setKey(Oracle.bytes(knock.key().bytes())).setBid(knock.bid()));
      case Doorstep.Quote quote -> out.setQuote(quote(quote));
      case Doorstep.Enter enter -> out.setEnter(enter(enter));
      case Doorstep.Welcome() -> out.setWelcome(Welcome.getDefaultInstance());
    }
  }

  private static Quote.Builder quote(Doorstep.Quote quote) {
    Frame.NetworkInfo network = quote.network();
    return Quote.newBuilder()
        .setNetwork(
            Network.newBuilder()
                .setName(network.name())
                .setAuthority(Oracle.bytes(network.authority().bytes())))
        .setOffer(offer(quote.offer()))
        .setInviteOnly(quote.inviteOnly());
  }

  private static Offer.Builder offer(Doorstep.Offer offer) {
    return Offer.newBuilder()
        .setPrice(offer.price())
        .setMadeSeconds(offer.made().getEpochSecond())
        .setCookie(Oracle.bytes(offer.cookie()));
  }

  private static Enter.Builder enter(Doorstep.Enter enter) {
    Enter.Builder out =
        Enter.newBuilder().setKey(Oracle.bytes(enter.key().bytes())).setOffer(offer(enter.offer()));
    return switch (enter.payment()) {
      case Doorstep.Work work -> out.setSolution(Oracle.bytes(work.solution()));
      case Doorstep.Invitation invitation ->
          out.setInvite(Oracle.sealed(invitation.invite().sealed()))
              .setInvited(Oracle.bytes(invitation.signature()));
    };
  }
}
