package io.pychain.cli.proof;

import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// What strangers do to a port of a node.
final class Flood implements AutoCloseable {
  /// Above what a node gives to a handshake, so that it is the node that ends it.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /// Of what the system lets a process open, so many stay for other things.
  private static final int FILES_SPARED = 1_000;

  private final Deque<SocketChannel> open = new ArrayDeque<>();

  /// As many as are asked for, or as the system allows; they send nothing.
  static Flood idle(int port, int wanted) throws IOException {
    Flood flood = new Flood();
    int count = Math.min(wanted, filesMax() - FILES_SPARED);
    if (count < wanted) {
      System.out.printf("proof: the limit of open files allows %d idle connections%n", count);
    }
    InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < count; i++) {
      flood.connect(target);
    }
    Await.until(
        count + " connections get through",
        () -> flood.open.stream().allMatch(Flood::isSettled),
        () -> "to port " + port);
    return flood;
  }

  /// Whether it got through, be it only to be cut.
  private static boolean isSettled(SocketChannel channel) {
    try {
      return channel.finishConnect();
    } catch (IOException cut) {
      return true;
    }
  }

  private void connect(InetSocketAddress target) throws IOException {
    SocketChannel channel = SocketChannel.open();
    open.add(channel);
    channel.configureBlocking(false);
    boolean _ = channel.connect(target);
  }

  private static int filesMax() {
    return ProcessNode.limitOf("self", "Max open files").map(Math::toIntExact).orElse(1_024);
  }

  int size() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  /// Sends these bytes and reads until the other side has had enough, or nothing comes any more.
  static void say(int port, byte[] bytes) {
    try (Socket socket = connect(port)) {
      sayAndListen(socket, bytes);
    } catch (IOException cut) {
      // As it should be.
    }
  }

  /// The same within TLS, by a key that nobody knows.
  static void sayInTls(int port, byte[] bytes) throws GeneralSecurityException {
    NodeKeys keys = NodeKeys.generate();
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(
        new KeyManager[] {new OneKey(keys.privateKey(), NodeCertificate.make(keys))},
        new TrustManager[] {new TrustAll()},
        null);
    try (Socket plain = connect(port);
        Socket socket = tls.getSocketFactory().createSocket(plain, null, port, true)) {
      sayAndListen(socket, bytes);
    } catch (IOException cut) {
      // As it should be.
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static void sayAndListen(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static final class OneKey extends X509ExtendedKeyManager {
    private final PrivateKey key;
    private final X509Certificate certificate;

    OneKey(PrivateKey key, X509Certificate certificate) {
      this.key = key;
      this.certificate = certificate;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }

  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
