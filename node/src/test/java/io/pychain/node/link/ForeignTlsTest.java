package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// TLS of other kinds than that of nodes is refused.
class ForeignTlsTest {
  private final TestNetwork network = new TestNetwork("here");
  private final NodeKeys keys = NodeKeys.generate();
  private final NodeTrust trust = new NodeTrust();
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    node = network.member(0);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void olderTlsIsRefused() throws Exception {
    assertRefused(identity(keys.privateKey(), NodeCertificate.make(keys)), "TLSv1.2");
  }

  @Test
  void noCertificateIsRefused() throws Exception {
    assertRefused(new KeyManager[0], "TLSv1.3");
  }

  @Test
  void certificateOfAnRsaKeyIsRefused() throws Exception {
    KeyPair rsa = rsa();

    assertRefused(identity(rsa.getPrivate(), certificate(rsa)), "TLSv1.3");
  }

  @Test
  void chainOfCertificatesIsRefused() throws Exception {
    X509Certificate own = NodeCertificate.make(keys);
    X509Certificate other = NodeCertificate.make(NodeKeys.generate());
    KeyManager[] chain = {new NodeIdentity(keys.privateKey(), own, other)};

    assertRefused(chain, "TLSv1.3");
  }

  @Test
  void certificateOfAnotherKeyThanTheConnectionsIsRefused() throws Exception {
    X509Certificate foreign = NodeCertificate.make(NodeKeys.generate());

    assertRefused(identity(keys.privateKey(), foreign), "TLSv1.3");
  }

  @Test
  void trustWantsOneSelfSignedCertificateOfAGoodKey() throws Exception {
    X509Certificate good = NodeCertificate.make(keys);
    X509Certificate rsa = certificate(rsa());

    trust.checkClientTrusted(new X509Certificate[] {good}, "EdDSA");
    trust.checkServerTrusted(new X509Certificate[] {good}, "EdDSA");
    assertUntrusted("not 0");
    assertUntrusted("not 2", good, good);
    assertUntrusted("another key", rsa);
  }

  @Test
  void trustWantsTheCertificateSignedByItsOwnKey() throws Exception {
    byte[] forged = NodeCertificate.make(keys).getEncoded();
    forged[forged.length - 1] ^= 1;
    var factory = CertificateFactory.getInstance("X.509");
    var certificate =
        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(forged));

    assertUntrusted("own key did not sign", certificate);
  }

  private void assertUntrusted(String why, X509Certificate... chain) {
    assertThatThrownBy(() -> trust.checkClientTrusted(chain, "EdDSA"))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining(why);
  }

  private void assertRefused(KeyManager[] identity, String version) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity, new TrustManager[] {trust}, null);
    try (Socket socket = Stranger.plain(node);
        SSLSocket tls =
            (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", 1, true)) {
      tls.setEnabledProtocols(new String[] {version});
      assertThatThrownBy(
              () -> {
                tls.startHandshake();
                assertThat(tls.getInputStream().read()).as("a hello").isEqualTo(-1);
                throw new IOException("closed");
              })
          .isInstanceOf(IOException.class);
    }
    node.awaitRefused(Refusal.TLS_FAILED, 1);
    assertThat(node.inputs()).isEmpty();
  }

  private static KeyManager[] identity(PrivateKey key, X509Certificate certificate) {
    return new KeyManager[] {new NodeIdentity(key, certificate)};
  }

  private static KeyPair rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(KeyPair pair) throws Exception {
    X500Principal name = new X500Principal("CN=rsa");
    Date from = Date.from(Instant.EPOCH);
    Date until = Date.from(Instant.parse("2100-01-01T00:00:00Z"));
    var builder =
        new JcaX509v3CertificateBuilder(name, BigInteger.ONE, from, until, name, pair.getPublic());
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }
}
