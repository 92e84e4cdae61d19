package io.pychain.cli.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes connections at a port of its own and passes their bytes on to another, so that a test can
/// break them all.
final class Relay implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile int target;

  private Relay(ServerSocket server) {
    this.server = server;
  }

  static Relay open() throws IOException {
    ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Relay relay = new Relay(server);
    Thread.ofVirtual().name("relay-" + server.getLocalPort()).start(relay::accept);
    return relay;
  }

  int port() {
    return server.getLocalPort();
  }

  /// Passes connections on to this port from now on.
  void forwardTo(int port) {
    target = port;
  }

  /// Breaks every connection there is.
  void breakAll() {
    sockets.forEach(Relay::shut);
    sockets.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException closed) {
        // Whoever dialled sees it; the loop ends when the relay is closed.
      }
    }
  }

  private void connect(Socket from) throws IOException {
    sockets.add(from);
    try {
      Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(to);
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pass(from, to));
      Thread.ofVirtual().start(() -> pass(to, from));
    } catch (IOException unreachable) {
      shut(from);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // Both ends learn of it below.
    } finally {
      shut(from);
      shut(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // As good as closed.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    breakAll();
  }
}
