package io.pychain.node.link;

import io.pychain.core.message.Address;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Offer;
import io.pychain.core.message.Doorstep.Quote;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Admitted;
import io.pychain.core.message.Frame.Hello;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Handshake;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.SignatureScheme;
import io.pychain.core.trust.Verdict;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.WireLimits;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.JoinClient.Joined;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;

/// How a key becomes a member:
///
/// ```
///   newcomer                            boot node
///      ├─ Knock ──────────────────────────►│
///      │◄────────────────── Quote, network ┤   is it the authority that I expect?
///      │  works for the price              │
///      ├─ Enter ──────────────────────────►│   on another connection
///      │◄───────────────────────── Welcome ┤
///      ├──── TLS, each shows its key ──────┤
///      ├─ Hello, without a record ────────►│
///      │◄─────────── Hello, network, record┤   is it the authority that I expect?
///      ├─ Join ───────────────────────────►│   a GUID, written down for ever
///      │◄───── Admitted, certificate, record┤   does the authority name my key?
///      ├─ Goodbye ────────────────────────►│
/// ```
///
/// The newcomer can tell that it speaks to a node that the authority has certified, and the
/// authority is the one that it expects, or the first that it meets.
record JoinConversation(
    NodeKeys keys, Entering entering, Tls tls, SignatureScheme scheme, Threads threads) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /// For everything after the TCP connection, the boot node's write to disk included.
  private static final Duration CONVERSATION_TIMEOUT = Duration.ofSeconds(15);

  /// Holds the conversation.
  ///
  /// @throws HopelessException if it would fail again
  /// @throws IOException if it fails otherwise
  Joined hold(Address address, Expectation expectation) throws IOException {
    IOException last = new IOException("unknown host");
    for (InetSocketAddress target : Sockets.resolve(address)) {
      try {
        return hold(target, expectation);
      } catch (HopelessException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private Joined hold(InetSocketAddress target, Expectation expectation) throws IOException {
    int bid = 0;
    while (true) {
      Quote quote = knock(target, bid);
      expectation.check(quote.network().authority());
      try {
        return enter(target, entering.pay(quote), expectation);
      } catch (PeerRefusedException e) {
        bid = Math.max(1, 2 * quote.offer().price());
        if (!e.isUnpaid() || bid > Offer.PRICE_MAX) {
          throw hopelessUnlessItPasses(e);
        }
      }
    }
  }

  private Quote knock(InetSocketAddress target, int bid) throws IOException {
    try {
      return on(target, socket -> entering.knock(socket, bid));
    } catch (PeerRefusedException e) {
      throw hopelessUnlessItPasses(e);
    }
  }

  private static IOException hopelessUnlessItPasses(PeerRefusedException e) {
    return e.passes() ? e : new HopelessException(String.valueOf(e.getMessage()));
  }

  private Joined enter(InetSocketAddress target, Enter enter, Expectation expectation)
      throws IOException {
    return on(
        target,
        socket -> {
          entering.enter(socket, enter);
          return hold(Connection.dial(tls, socket), expectation);
        });
  }

  /// Part of the conversation, on a connection of its own.
  private interface Part<T> {
    T hold(Socket socket) throws IOException;
  }

  private <T> T on(InetSocketAddress target, Part<T> part) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(target, (int) CONNECT_TIMEOUT.toMillis());
      ScheduledFuture<?> deadline =
          threads.after(CONVERSATION_TIMEOUT, () -> Sockets.close(socket));
      try {
        return part.hold(socket);
      } finally {
        deadline.cancel(false);
      }
    }
  }

  private Joined hold(Connection connection, Expectation expectation) throws IOException {
    try {
      Joined joined = join(connection, expectation);
      connection.part(Goodbyes.of(Reason.UNNEEDED, "joined"));
      return joined;
    } catch (RefusedException refused) {
      connection.part(refused.goodbye());
      throw new HopelessException(refused.detail());
    } catch (HopelessException e) {
      connection.part(Goodbyes.of(Reason.IDENTITY, "another authority was expected"));
      throw e;
    }
  }

  private Joined join(Connection connection, Expectation expectation) throws IOException {
    Hello own =
        new Hello(Optional.empty(), ProtocolRange.OWN, 0, Optional.empty(), connection.peerHost());
    Hello boot = Greeter.exchange(connection, own);
    NetworkInfo network =
        boot.network()
            .orElseThrow(() -> RefusedException.malformed("whoever answers is in no network"));
    expectation.check(network.authority());
    Verifier verifier = new Verifier(network, scheme, new KnownKeys());
    Handshake handshake = new Handshake(own, verifier, Optional.empty(), _ -> false);
    Greeter.accepted(handshake.judge(boot, connection.peerKey()));

    connection.write(new Frame.Join(0));
    connection.flush();
    Admitted admitted = admitted(connection, verifier);
    return new Joined(network, admitted, boot.observed());
  }

  private Admitted admitted(Connection connection, Verifier verifier) throws IOException {
    Frame answer = connection.expect(WireLimits.HANDSHAKE_FRAME_BYTES_MAX);
    while (answer instanceof Frame.Ping) {
      answer = connection.expect(WireLimits.HANDSHAKE_FRAME_BYTES_MAX);
    }
    if (!(answer instanceof Admitted admitted)) {
      throw RefusedException.malformed("a certificate was asked for, and something else came");
    }
    Certificate certificate = admitted.certificate();
    if (!(verifier.verify(admitted) instanceof Verdict.Valid)
        || !certificate.key().equals(keys.key())) {
      throw new RefusedException(
          Refusal.INVALID,
          Reason.INVALID,
          "the certificate that came is not its authority's for this key");
    }
    return admitted;
  }
}
