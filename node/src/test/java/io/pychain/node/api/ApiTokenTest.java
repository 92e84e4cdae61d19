package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTokenTest {
  @TempDir Path folder;

  @Test
  void tokenIsMadeOnceForTheOwnerAlone() throws Exception {
    Path file = folder.resolve("api-token");

    ApiToken made = ApiToken.loadOrCreate(file);
    String secret = Files.readString(file).strip();

    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.matches(secret)).isTrue();
    assertThat(ApiToken.loadOrCreate(file).matches(secret)).isTrue();
    assertThat(made.toString()).doesNotContain(secret);
  }

  @Test
  void tokenThatOthersCanReadIsRefused() throws Exception {
    Path file = folder.resolve("api-token");
    ApiToken.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> ApiToken.loadOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void fileWithoutATokenIsRefused() throws Exception {
    Path file = folder.resolve("api-token");
    ApiToken.loadOrCreate(file);
    Files.writeString(file, "short\n");

    assertThatThrownBy(() -> ApiToken.loadOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no API token")
        .hasMessageNotContaining("short");
  }
}
