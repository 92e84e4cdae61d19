package io.pychain.cli.terminal;

import io.pychain.node.keys.PemIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// The certificates that an API over TLS is believed by: authorities, whose certificates must name
/// the host that is asked; or the very certificate that the API shows, whose names do not matter
/// then, so that one made for `api.example.org` serves on 127.0.0.1 too.
public final class PinnedCertificates {
  private static final char[] NO_PASSWORD = {};

  private final List<X509Certificate> certificates;
  private final SSLSocketFactory sockets;

  private PinnedCertificates(List<X509Certificate> certificates, SSLSocketFactory sockets) {
    this.certificates = certificates;
    this.sockets = sockets;
  }

  /// Reads them from a PEM file, which may hold other things too.
  ///
  /// @throws CommandFailure if there are none
  public static PinnedCertificates read(Path file) throws CommandFailure {
    try {
      List<X509Certificate> certificates = PemIdentity.certificates(file);
      return new PinnedCertificates(certificates, socketsFor(certificates));
    } catch (IOException | GeneralSecurityException e) {
      throw CommandFailure.failed("the certificates cannot be read: " + e.getMessage());
    }
  }

  private static SSLSocketFactory socketsFor(List<X509Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry(Integer.toString(i), certificates.get(i));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  /// Makes a connection believe these and no others.
  void applyTo(HttpsURLConnection connection) {
    connection.setSSLSocketFactory(sockets);
    connection.setHostnameVerifier((_, session) -> isOneOfThese(session));
  }

  /// Asked only where the names do not fit.
  private boolean isOneOfThese(SSLSession session) {
    try {
      Certificate shown = session.getPeerCertificates()[0];
      return certificates.stream().anyMatch(shown::equals);
    } catch (SSLPeerUnverifiedException unproven) {
      return false;
    }
  }
}
