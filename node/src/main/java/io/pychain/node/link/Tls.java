package io.pychain.node.link;

import io.pychain.node.keys.CryptoProviders;
import io.pychain.node.keys.NodeKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// TLS 1.3 with this node's key, both sides authenticated, and one choice of everything: AES-GCM,
/// X25519, Ed25519. With nothing to choose there is nothing to downgrade, and less code to load.
///
/// Nagle's algorithm is off before the handshake begins, which would take 40 ms longer with it.
///
/// Sessions are not resumed. Links are few and long, a full handshake costs 5 ms, and so every link
/// proves its key anew and no tickets are kept.
final class Tls {
  /// First byte of a TLS connection: a record of the handshake.
  static final int FIRST_BYTE = 0x16;

  /// Most bytes in one record. JSSE keeps buffers of the largest record that it has ever seen, at
  /// both ends: with 4 KiB a link that has carried large frames keeps 60 KiB, with the usual 16 KiB
  /// 110 KiB. Large frames cost a quarter more CPU for it.
  static final int RECORD_BYTES = 4_096;

  /// What TLS adds to a record, and some.
  private static final int RECORD_OVERHEAD_BYTES = 64;

  /// TLS 1.3 allows tickets for a week; JSSE gives out none if it would have to keep them longer.
  private static final Duration NO_TICKETS = Duration.ofDays(8);

  private final SSLSocketFactory sockets;

  private Tls(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  /// @param certificate of the key, self-signed
  static Tls of(NodeKeys keys, X509Certificate certificate) {
    CryptoProviders.preferNative();
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      KeyManager[] identity = {new NodeIdentity(keys.privateKey(), certificate)};
      TrustManager[] trust = {new NodeTrust()};
      context.init(identity, trust, null);
      context.getServerSessionContext().setSessionTimeout((int) NO_TICKETS.toSeconds());
      return new Tls(context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS 1.3", e);
    }
  }

  /// The accepting side; the first byte has been read from the connection already.
  SSLSocket accept(Socket connected) throws IOException {
    connected.setTcpNoDelay(true);
    var first = new ByteArrayInputStream(new byte[] {FIRST_BYTE});
    SSLSocket tls = (SSLSocket) sockets.createSocket(connected, first, true);
    SSLParameters parameters = parameters(tls);
    parameters.setNeedClientAuth(true);
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  /// The dialling side.
  SSLSocket dial(Socket connected) throws IOException {
    connected.setTcpNoDelay(true);
    String host = connected.getInetAddress().getHostAddress();
    SSLSocket tls = (SSLSocket) sockets.createSocket(connected, host, connected.getPort(), true);
    tls.setUseClientMode(true);
    tls.setSSLParameters(parameters(tls));
    tls.startHandshake();
    return tls;
  }

  private static SSLParameters parameters(SSLSocket tls) {
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
    parameters.setNamedGroups(new String[] {"x25519"});
    parameters.setSignatureSchemes(new String[] {"ed25519"});
    parameters.setMaximumPacketSize(RECORD_BYTES + RECORD_OVERHEAD_BYTES);
    return parameters;
  }
}
