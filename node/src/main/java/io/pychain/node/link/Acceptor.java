package io.pychain.node.link;

import io.pychain.core.message.Frame.Reason;
import io.pychain.core.protocol.Handshake.Guest;
import io.pychain.core.protocol.Handshake.Member;
import io.pychain.node.link.Lobby.Visitor;
import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes connections from anybody, and makes links of those that prove to be members or newcomers.
///
/// ```
///   accept ─► lobby ─► TLS ─► hello ─► link
///     │         │       └───────┴── refused, or too slow: told why if it can be, counted
///     │         └── full: the oldest gives way
///     └── too many connections: closed
/// ```
final class Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

  /// Pause after the system refuses to give a connection, as it does when files run out.
  private static final long FAULT_PAUSE_MILLIS = 100;

  private final ServerSocket listener;
  private final Tls tls;
  private final Greeter greeter;
  private final Links links;
  private final Wiring wiring;
  private final Lobby lobby;
  private final Semaphore connections;
  private final Semaphore guests;

  Acceptor(ServerSocket listener, Tls tls, Greeter greeter, Links links, Wiring wiring) {
    this.listener = listener;
    this.tls = tls;
    this.greeter = greeter;
    this.links = links;
    this.wiring = wiring;
    this.lobby = new Lobby(wiring.config().accepting().handshakesMax());
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
      Connection connection = Connection.accept(tls, visitor.socket(), () -> lobby.speaks(visitor));
      try {
        enter(visitor, connection, deadline);
      } catch (RefusedException refused) {
        wiring.refusals().count(refused.refusal(), host, refused.detail());
        connection.part(refused.goodbye());
      }
    } finally {
      deadline.cancel(false);
    }
  }

  private void enter(Visitor visitor, Connection connection, ScheduledFuture<?> deadline)
      throws IOException {
    switch (greeter.greet(connection)) {
      case Member member -> {
        promote(visitor, deadline);
        links.run(connection, member, false);
      }
      case Guest guest -> {
        if (!guests.tryAcquire()) {
          throw new RefusedException(
              Refusal.TOO_MANY_GUESTS, Reason.FULL, "too many join at once; try again soon");
        }
        try {
          promote(visitor, deadline);
          links.run(connection, guest);
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
