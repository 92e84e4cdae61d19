package io.pychain.node.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCertificateTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("node-cert");
  }

  private final NodeKeys keys = NodeKeys.generate();

  @Test
  void certificateWrapsTheKeyAndIsSignedByIt() throws Exception {
    X509Certificate made = NodeCertificate.loadOrCreate(file, keys);

    assertThat(NodeCertificate.keyOf(made)).contains(keys.key());
    made.verify(made.getPublicKey());
    made.checkValidity();
  }

  @Test
  void certificateIsKept() throws IOException {
    NodeCertificate.loadOrCreate(file, keys);
    String kept = Files.readString(file);

    assertThat(NodeCertificate.loadOrCreate(file, keys)).isEqualTo(NodeCertificate.make(keys));
    assertThat(file).hasContent(kept);
  }

  @Test
  void certificateOfAnotherKeyIsReplaced() throws IOException {
    NodeCertificate.loadOrCreate(file, NodeKeys.generate());

    X509Certificate replaced = NodeCertificate.loadOrCreate(file, keys);

    assertThat(NodeCertificate.keyOf(replaced)).contains(keys.key());
    assertThat(NodeCertificate.loadOrCreate(file, keys)).isEqualTo(replaced);
  }

  @Test
  void damagedCertificateIsReplaced() throws IOException {
    SmallFile.write(file, Pem.encode("CERTIFICATE", new byte[] {1, 2, 3}));

    X509Certificate replaced = NodeCertificate.loadOrCreate(file, keys);

    assertThat(NodeCertificate.keyOf(replaced)).contains(keys.key());
  }
}
