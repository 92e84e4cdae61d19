package io.pychain.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeysTest {
  /// Made by `openssl genpkey -algorithm ed25519`, which writes no public block.
  private static final String FROM_OPENSSL =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;

  /// RFC 8032, section 7.1, TEST 1.
  private static final String ITS_PUBLIC_KEY =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("node-key");
  }

  @Test
  void keyIsTheSameAfterARestart() throws IOException {
    NodeKeys made = NodeKeys.loadOrCreate(file);
    NodeKeys loaded = NodeKeys.loadOrCreate(file);

    assertThat(loaded.key()).isEqualTo(made.key());
    assertThat(loaded.signer().sign(new byte[] {1})).isEqualTo(made.signer().sign(new byte[] {1}));
  }

  @Test
  void everyKeyIsAnother() throws IOException {
    NodeKeys one = NodeKeys.loadOrCreate(file);
    NodeKeys other = NodeKeys.loadOrCreate(folder.resolve("authority-key"));

    assertThat(one.key()).isNotEqualTo(other.key());
  }

  @Test
  void fileIsTheOwnersAlone() throws IOException {
    NodeKeys.loadOrCreate(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void fileThatOthersMayReadIsRefused() throws IOException {
    NodeKeys.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> NodeKeys.loadOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file.toString(), "rw-r-----", "chmod 600");
  }

  @Test
  void fileWithoutAKeyIsRefusedAndKept() throws IOException {
    for (String content : List.of("", "no key", Pem.encode("PRIVATE KEY", new byte[48]))) {
      SmallFile.write(file, content);

      assertThatThrownBy(() -> NodeKeys.loadOrCreate(file))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(file.toString(), "no Ed25519 private key", "restore");
      assertThat(file).hasContent(content);
    }
  }

  @Test
  void halvesOfDifferentKeysAreRefused() throws IOException {
    NodeKeys.loadOrCreate(folder.resolve("other"));
    String foreign = Files.readString(folder.resolve("other"));
    SmallFile.write(file, FROM_OPENSSL + foreign.substring(foreign.indexOf("-----BEGIN PUBLIC")));

    assertThatThrownBy(() -> NodeKeys.loadOrCreate(file))
        .hasMessageContaining("do not belong together");
  }

  @Test
  void folderInPlaceOfTheFileIsReported() throws IOException {
    Files.createDirectory(file);

    assertThatThrownBy(() -> NodeKeys.loadOrCreate(file)).isInstanceOf(IOException.class);
  }

  @Test
  void keyOfAnotherToolIsRead() throws IOException {
    SmallFile.write(file, FROM_OPENSSL);

    assertThat(NodeKeys.loadOrCreate(file).key().toString()).isEqualTo(ITS_PUBLIC_KEY);
  }

  @Test
  void leftoverOfAnInterruptedStartIsReplaced() throws IOException {
    Files.writeString(folder.resolve("node-key.new"), "half", StandardCharsets.US_ASCII);

    NodeKeys made = NodeKeys.loadOrCreate(file);

    assertThat(NodeKeys.load(file).orElseThrow().key()).isEqualTo(made.key());
  }

  @Test
  void missingFileIsNoKey() throws IOException {
    assertThat(NodeKeys.load(file)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void nothingThatIsPrintedShowsThePrivateHalf() throws IOException {
    SmallFile.write(file, FROM_OPENSSL);
    NodeKeys keys = NodeKeys.loadOrCreate(file);
    byte[] seed = Encodings.seed(keys.privateKey().getEncoded()).orElseThrow();

    assertThat(keys + " " + keys.signer()).doesNotContain(Bytes.wrap(seed).hex());
  }
}
