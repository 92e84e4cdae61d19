package io.pychain.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemIdentityTest {
  @TempDir Path dir;
  private WebIdentity web;
  private Path file;

  @BeforeEach
  void make() throws Exception {
    web = WebIdentity.of("api.example.org");
    file = dir.resolve("api.pem");
    web.writeTo(file);
  }

  @Test
  void keyAndChainAreReadInWhateverOrderTheyStand() throws Exception {
    WebIdentity authority = WebIdentity.of("ca.example.org");
    Files.writeString(
        file, web.keyPem() + "a comment\n" + web.certificatePem() + authority.certificatePem());

    PemIdentity read = PemIdentity.read(file);

    assertThat(read.key()).isEqualTo(web.keys().getPrivate());
    assertThat(read.chain()).containsExactly(web.certificate(), authority.certificate());
  }

  @Test
  void keyThatOthersMayReadIsRefused() throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatIOException()
        .isThrownBy(() -> PemIdentity.read(file))
        .withMessageContaining("chmod 600");
  }

  @Test
  void certificatesAloneMayBeReadByAll() throws Exception {
    Files.writeString(file, web.certificatePem());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(PemIdentity.certificates(file)).containsExactly(web.certificate());
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    assertRefused(web.certificatePem(), "BEGIN PRIVATE KEY");
    assertRefused(web.keyPem(), "BEGIN CERTIFICATE");
    assertRefused("", "BEGIN PRIVATE KEY");
    assertThatIOException()
        .isThrownBy(() -> PemIdentity.read(dir.resolve("nowhere.pem")))
        .withMessageContaining("does not exist");
  }

  @Test
  void whatCannotBeReadIsRefused() throws Exception {
    String certificate = web.certificatePem();
    String cut = certificate.substring(0, certificate.length() / 2);
    assertRefused(web.keyPem() + cut, "BEGIN CERTIFICATE");
    assertRefused(web.keyPem() + Pem.encode("CERTIFICATE", new byte[100]), "cannot be read");
    assertRefused(certificate + Pem.encode("PRIVATE KEY", new byte[48]), "neither RSA, EC");
    String old = web.keyPem().replace("PRIVATE KEY", "EC PRIVATE KEY");
    assertRefused(certificate + old, "openssl pkcs8");
  }

  private void assertRefused(String text, String why) throws Exception {
    Files.writeString(file, text);
    assertThatIOException()
        .isThrownBy(() -> PemIdentity.read(file))
        .withMessageContaining(why)
        .withMessageContaining(file.toString());
  }
}
