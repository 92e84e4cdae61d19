package io.pychain.benchmarks.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// A port in front of another that lets bytes through slowly, each direction of each connection by
/// itself, and holds back what it has no room for as a long, thin line does.
final class SlowPath implements AutoCloseable {
  private static final int CHUNK_BYTES = 4 << 10;

  private final ServerSocket listener;
  private final int bytesPerSecond;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile int port;

  SlowPath(int bytesPerSecond) throws IOException {
    this.bytesPerSecond = bytesPerSecond;
    listener = new ServerSocket();
    listener.setReceiveBufferSize(CHUNK_BYTES);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Begins to let through, to this port.
  void leadTo(int target) {
    port = target;
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        connect(listener.accept());
      }
    } catch (IOException closed) {
      // Then nobody comes any more.
    }
  }

  private void connect(Socket near) throws IOException {
    Socket far = new Socket();
    far.setReceiveBufferSize(CHUNK_BYTES);
    far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    sockets.addAll(List.of(near, far));
    Thread.ofVirtual().start(() -> carry(near, far));
    Thread.ofVirtual().start(() -> carry(far, near));
  }

  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      long due = System.nanoTime();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        out.write(chunk, 0, length);
        due = Math.max(due, System.nanoTime()) + length * 1_000_000_000L / bytesPerSecond;
        LockSupport.parkNanos(due - System.nanoTime());
      }
    } catch (IOException gone) {
      // Either end has closed.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
