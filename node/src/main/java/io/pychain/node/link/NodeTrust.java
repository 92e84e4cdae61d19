package io.pychain.node.link;

import io.pychain.node.keys.NodeCertificate;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets in whoever shows one self-signed certificate of an Ed25519 key. Names and dates in it mean
/// nothing; TLS proves that the other side holds the key, and the member record who it is.
final class NodeTrust extends X509ExtendedTrustManager {
  /// Largest certificate, in bytes. Ours have about 300.
  static final int CERTIFICATE_BYTES_MAX = 2_048;

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length != 1) {
      throw new CertificateException("one certificate is wanted, not " + chain.length);
    }
    if (chain[0].getEncoded().length > CERTIFICATE_BYTES_MAX) {
      throw new CertificateException("a certificate over " + CERTIFICATE_BYTES_MAX + " bytes");
    }
    if (NodeCertificate.keyOf(chain[0]).isEmpty()) {
      throw new CertificateException("a certificate of another key than a good Ed25519 one");
    }
    try {
      chain[0].verify(chain[0].getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new CertificateException("a certificate that its own key did not sign", e);
    }
  }
}
