package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.cli.network.LaunchedNode;
import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API over TLS, as an operator uses it.
class ApiTlsProofTest {
  @TempDir Path dir;

  @Test
  void commandsBelieveTheCertificateThatTheyAreGivenAndNoOther() throws Exception {
    Path shown = pem("shown");
    Path another = pem("another");
    LaunchedNode launched = LaunchedNode.named("boot_0", dir);
    ProcessNode node = new ProcessNode(launched);
    try {
      node.start(Optional.empty(), Map.of("API_TLS", shown.toString()));
      URI plain = launched.api();
      String url = "https://" + plain.getHost() + ":" + plain.getPort();
      Await.until(
          "the node answers over TLS",
          () -> Program.run(Map.of(), "status", "--api", url, "--ca", shown.toString()).code() == 0,
          () -> "");

      Program.Ended local =
          Program.run(
              Map.of(
                  "API_TLS",
                  shown.toString(),
                  "API_LISTEN",
                  plain.getHost() + ":" + plain.getPort(),
                  "STORAGE_DIR",
                  launched.storageDir().toString()),
              "broadcast",
              "\"hello\"");
      assertThat(local.code()).as(local.err()).isZero();
      for (String[] wrong :
          new String[][] {
            {"--api", url},
            {"--api", url, "--ca", another.toString()},
            {"--api", plain.toString()},
          }) {
        assertThat(Program.run(Map.of(), command(wrong)).code()).isEqualTo(1);
      }
    } finally {
      int _ = node.stop();
    }
  }

  private static String[] command(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "status";
    System.arraycopy(options, 0, words, 1, options.length);
    return words;
  }

  /// A key and its self-signed certificate, which names no host.
  private Path pem(String name) throws Exception {
    Path key = dir.resolve(name + "-key");
    NodeKeys keys = NodeKeys.loadOrCreate(key);
    Path certificate = dir.resolve(name + "-certificate");
    NodeCertificate.loadOrCreate(certificate, keys);
    Files.writeString(key, Files.readString(key) + Files.readString(certificate));
    return key;
  }
}
