package io.pychain.node.link;

import io.pychain.core.link.Evidence;
import io.pychain.core.message.Address;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.protocol.Effects.Dial;
import io.pychain.core.protocol.Effects.Seek;
import io.pychain.core.protocol.Handshake.Accepted;
import io.pychain.core.protocol.Handshake.Member;
import io.pychain.core.ring.Guid;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;

/// Opens links to members: tries their addresses in turn, and takes the link only if it leads to
/// the member that was wanted.
final class Dialler {
  private final InetSocketAddress listening;
  private final Tls tls;
  private final Greeter greeter;
  private final Links links;
  private final Wiring wiring;
  private final Semaphore turns;
  private final Semaphore places;
  private final Set<Socket> opening = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Dialler(InetSocketAddress listening, Tls tls, Greeter greeter, Links links, Wiring wiring) {
    this.listening = listening;
    this.tls = tls;
    this.greeter = greeter;
    this.links = links;
    this.wiring = wiring;
    this.turns = new Semaphore(wiring.config().dialling().dialsMax(), true);
    this.places =
        new Semaphore(
            wiring.config().dialling().dialsMax() + wiring.config().dialling().waitingMax());
  }

  /// Dials, in the caller's thread, and runs the link to its end.
  void run(Dial dial) {
    Failures failures = new Failures();
    Target target = new Target(Optional.of(dial.guid()), dial.addresses());
    Optional<Reached> reached = open(target, failures);
    if (reached.isPresent()) {
      run(reached.get());
    } else {
      wiring.inputs().accept(failures.of(dial.guid()));
    }
  }

  /// Dials whoever is at an address, in the caller's thread, and runs the link to its end.
  void run(Seek seek) {
    open(new Target(Optional.empty(), List.of(seek.address())), new Failures())
        .ifPresent(this::run);
  }

  /// @param guid who must answer; anybody of the network if empty
  private record Target(Optional<Guid> guid, List<Address> addresses) {}

  private Optional<Reached> open(Target target, Failures failures) {
    return places.tryAcquire() ? await(target, failures) : busy(failures);
  }

  private void run(Reached reached) {
    try {
      links.run(reached.connection(), reached.member(), true);
    } catch (IOException stopping) {
      // Then nobody waits for this link any more.
    } finally {
      reached.connection().close();
    }
  }

  /// Gives up whatever is being opened, and opens nothing more.
  void close() {
    closed = true;
    opening.forEach(Sockets::close);
  }

  private record Reached(Connection connection, Member member) {}

  private static Optional<Reached> busy(Failures failures) {
    failures.add(Evidence.OTHER, "too many dials are waiting");
    return Optional.empty();
  }

  private Optional<Reached> await(Target target, Failures failures) {
    try {
      turns.acquire();
      try {
        return reach(target, failures);
      } finally {
        turns.release();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      failures.add(Evidence.OTHER, "this node stops");
      return Optional.empty();
    } finally {
      places.release();
    }
  }

  private Optional<Reached> reach(Target target, Failures failures) {
    for (Address address : target.addresses()) {
      try {
        for (InetSocketAddress place : Sockets.resolve(address)) {
          Optional<Reached> reached = reach(target.guid(), place, failures);
          if (reached.isPresent()) {
            return reached;
          }
        }
      } catch (IOException unknown) {
        failures.add(Evidence.UNREACHABLE, address + ": " + unknown.getMessage());
      }
    }
    if (failures.isEmpty()) {
      failures.add(Evidence.UNREACHABLE, "no address is known");
    }
    return Optional.empty();
  }

  private Optional<Reached> reach(
      Optional<Guid> wanted, InetSocketAddress target, Failures failures) throws IOException {
    if (isOwn(target)) {
      failures.add(Evidence.OTHER, target + ": an address of this node itself");
      return Optional.empty();
    }
    Socket socket = new Socket();
    opening.add(socket);
    try {
      if (closed) {
        throw new IOException("this node stops");
      }
      return Optional.of(greet(wanted, socket, target));
    } catch (IOException e) {
      Evidence sign = closed ? Evidence.OTHER : Failures.signOf(e, socket);
      Sockets.close(socket);
      failures.add(sign, target + ": " + e.getMessage());
      return Optional.empty();
    } finally {
      opening.remove(socket);
    }
  }

  /// Whether the address leads back here. A port on another of this machine's addresses may well be
  /// another node's.
  private boolean isOwn(InetSocketAddress target) throws IOException {
    if (target.getPort() != listening.getPort()) {
      return false;
    }
    return listening.getAddress().isAnyLocalAddress()
        ? target.getAddress().isAnyLocalAddress()
            || NetworkInterface.getByInetAddress(target.getAddress()) != null
        : target.getAddress().equals(listening.getAddress());
  }

  private Reached greet(Optional<Guid> wanted, Socket socket, InetSocketAddress target)
      throws IOException {
    Threads threads = wiring.threads();
    TransportConfig config = wiring.config();
    socket.connect(target, (int) config.patience().connect().toMillis());
    ScheduledFuture<?> deadline =
        threads.after(config.patience().handshake(), () -> Sockets.close(socket));
    try {
      Connection connection = Connection.dial(tls, socket);
      return new Reached(connection, greet(wanted, connection));
    } finally {
      deadline.cancel(false);
    }
  }

  private Member greet(Optional<Guid> wanted, Connection connection) throws IOException {
    try {
      Accepted accepted = greeter.greet(connection);
      if (accepted instanceof Member member
          && wanted.stream().allMatch(member.record().guid()::equals)) {
        return member;
      }
      throw new RefusedException(
          Refusal.IDENTITY,
          Reason.IDENTITY,
          "whoever answers is not " + wanted.map(guid -> "GUID " + guid).orElse("a member"));
    } catch (RefusedException refused) {
      wiring.refusals().count(refused.refusal(), connection.peerHost(), refused.detail());
      connection.part(refused.goodbye());
      throw refused;
    } catch (PeerRefusedException refused) {
      if (!refused.passes()) {
        wiring
            .refusals()
            .count(Refusal.BY_PEER, connection.peerHost(), String.valueOf(refused.getMessage()));
      }
      throw refused;
    }
  }
}
