package io.pychain.node.link;

import io.pychain.core.message.Frame.Reason;
import io.pychain.core.protocol.Handshake.Guest;
import io.pychain.core.protocol.Handshake.Member;
import io.pychain.node.link.Doorway.Entrance;
import io.pychain.node.link.Lobby.Visitor;
import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes connections from anybody, and makes links of those that prove to be members or newcomers.
///
/// ```
///   accept ─► lobby ─► door ─► its turn ─► TLS ─► hello ─► link
///     │         │       └─────────┴─────────┴──────┴── refused, or too slow: told why
///     │         │                                     if it can be, counted
///     │         └── full: the oldest gives way
///     └── too many connections: closed
/// ```
final class Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

  /// Pause after the system refuses to give a connection, as it does when files run out.
  private static final long FAULT_PAUSE_MILLIS = 100;

  private final ServerSocket listener;
  private final Tls tls;
  private final Doorway doorway;
  private final Greeter greeter;
  private final Links links;
  private final Wiring wiring;
  private final Lobby lobby;
  private final Antechamber antechamber;
  private final Semaphore connections;
  private final Semaphore guests;

  /// What a visitor passes before it is a link.
  record Entry(Doorway doorway, Tls tls, Greeter greeter) {}

  Acceptor(ServerSocket listener, Entry entry, Links links, Wiring wiring) {
    this.listener = listener;
    this.doorway = entry.doorway();
    this.tls = entry.tls();
    this.greeter = entry.greeter();
    this.links = links;
    this.wiring = wiring;
    this.lobby = new Lobby(wiring.config().accepting().handshakesMax());
    this.antechamber = new Antechamber(wiring.config(), wiring.threads());
    this.connections = new Semaphore(wiring.config().accepting().connectionsMax());
    this.guests = new Semaphore(wiring.config().accepting().guestsMax());
  }

  /// Accepts until the listening socket is closed.
  void run() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException e) {
        pause(e);
      }
    }
    lobby.visitors().forEach(visitor -> Sockets.close(visitor.socket()));
    antechamber.close();
  }

  private void pause(IOException fault) {
    if (listener.isClosed()) {
      return;
    }
    LOG.warn("cannot accept a link, will try again: cause=\"{}\"", fault.getMessage());
    try {
      Thread.sleep(FAULT_PAUSE_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void admit(Socket socket) throws IOException {
    String host = socket.getInetAddress().getHostAddress();
    if (!connections.tryAcquire()) {
      Sockets.close(socket);
      wiring.refusals().count(Refusal.TOO_MANY_CONNECTIONS, host, "try again later");
      return;
    }
    Visitor visitor = new Visitor(socket);
    lobby.enter(visitor);
    try {
      wiring.threads().start("accepted-" + host, () -> attend(visitor));
    } catch (IOException stopping) {
      leave(visitor);
      throw stopping;
    }
  }

  private void attend(Visitor visitor) {
    String host = visitor.socket().getInetAddress().getHostAddress();
    try {
      welcome(visitor, host);
    } catch (IOException e) {
      IOException cause = visitor.ended().map(IOException.class::cast).orElse(e);
      wiring.refusals().count(refusalOf(cause), host, String.valueOf(cause.getMessage()));
    } finally {
      leave(visitor);
    }
  }

  private static Refusal refusalOf(IOException e) {
    if (e instanceof PeerRefusedException) {
      return Refusal.BY_PEER;
    }
    return switch (e) {
      case RefusedException refused -> refused.refusal();
      case SSLException tls when !(tls.getCause() instanceof EOFException) -> Refusal.TLS_FAILED;
      default -> Refusal.BROKEN_OFF;
    };
  }

  private void leave(Visitor visitor) {
    lobby.leave(visitor);
    Sockets.close(visitor.socket());
    connections.release();
  }

  private void welcome(Visitor visitor, String host) throws IOException {
    Duration patience = wiring.config().patience().handshake();
    ScheduledFuture<?> deadline =
        wiring
            .threads()
            .after(patience, () -> visitor.end(Refusal.TIMED_OUT, "said no hello in time"));
    try {
      Optional<Entrance> entrance = atTheDoor(visitor);
      if (entrance.isPresent()) {
        antechamber.await(host, entrance.get().key().isPresent());
        Connection connection = Connection.accept(tls, visitor.socket());
        try {
          enter(visitor, connection, entrance.get(), deadline);
        } catch (RefusedException refused) {
          wiring.refusals().count(refused.refusal(), host, refused.detail());
          connection.part(refused.goodbye());
        }
      }
    } finally {
      deadline.cancel(false);
    }
  }

  /// @return what the visitor may begin TLS with, whose first byte has been read; empty if it is
  ///   served
  private Optional<Entrance> atTheDoor(Visitor visitor) throws IOException {
    int first = firstByte(visitor);
    Optional<Entrance> entrance =
        first == PlainFrames.FIRST_BYTE
            ? doorway.attend(visitor.socket())
            : Optional.of(Entrance.DIRECT);
    if (first == PlainFrames.FIRST_BYTE && entrance.isPresent()) {
      first = firstByte(visitor);
    }
    if (entrance.isPresent() && first != Tls.FIRST_BYTE) {
      throw new RefusedException(
          Refusal.NOT_TLS, Reason.MALFORMED, "links are TLS, other protocols go elsewhere");
    }
    return entrance;
  }

  private int firstByte(Visitor visitor) throws IOException {
    int first = visitor.socket().getInputStream().read();
    if (first < 0) {
      throw new EOFException("closed before it said anything");
    }
    if (first == Tls.FIRST_BYTE || first == PlainFrames.FIRST_BYTE) {
      lobby.speaks(visitor);
    }
    return first;
  }

  private void enter(
      Visitor visitor, Connection connection, Entrance entrance, ScheduledFuture<?> deadline)
      throws IOException {
    entrance.check(connection.peerKey());
    switch (greeter.greet(connection)) {
      case Member member -> {
        promote(visitor, deadline);
        antechamber.welcomed(connection.peerHost());
        links.run(connection, member, false);
      }
      case Guest guest -> {
        if (!guests.tryAcquire()) {
          throw new RefusedException(
              Refusal.TOO_MANY_GUESTS, Reason.FULL, "too many join at once; try again soon");
        }
        try {
          promote(visitor, deadline);
          links.run(connection, guest, entrance.pass());
        } finally {
          guests.release();
        }
      }
    }
  }

  /// From here on the visitor is a link, and the deadline of handshakes is over.
  private void promote(Visitor visitor, ScheduledFuture<?> deadline) throws IOException {
    deadline.cancel(false);
    if (!lobby.leave(visitor)) {
      throw new EOFException("cut at the last moment");
    }
  }
}
