package io.pychain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.Json;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.node.keys.BootRights;
import io.pychain.node.keys.InviteToken;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The authority's key on a machine of its own, and a boot node that signs for it.
class AuthorityCommandTest extends ApiConversation {
  private Path safe() {
    return storage.resolve("in-a-safe");
  }

  private Path delegation() {
    return storage.resolve("delegation");
  }

  private JsonNode create() throws IOException {
    assertThat(run("authority", "create", "--json", "--authority-key", safe().toString())).isZero();
    return Json.parse(out.toString());
  }

  private int delegate(String key) {
    return run(
        "authority",
        "delegate",
        "--authority-key",
        safe().toString(),
        "--key",
        key,
        "--network",
        "dev",
        "--days",
        "10",
        "--out",
        delegation().toString());
  }

  @Test
  void keyOfAnAuthorityIsMadeOnceAndForItsOwnerOnly() throws Exception {
    String key = create().path("authority_key").asText();

    int again = run("authority", "create", "--authority-key", safe().toString());

    assertThat(again).isEqualTo(1);
    assertThat(err.toString()).contains("is there already");
    assertThat(NodeKeys.load(safe()).orElseThrow().key()).hasToString(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(safe())))
        .isEqualTo("rw-------");
  }

  @Test
  void bootNodeWithADelegationMakesInvitationsThatEndNoLaterThanIt() throws Exception {
    String authority = create().path("authority_key").asText();
    String key = NodeKeys.loadOrCreate(storage.resolve(BootRights.KEY_FILE)).key().toString();
    assertThat(delegate(key)).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(delegation())))
        .isEqualTo("rw-------");
    Files.writeString(
        storage.resolve("pychain.properties"), "AUTHORITY_DELEGATION=" + delegation() + "\n");
    api.on(
        "GET /api/v1/status",
        200,
        "{\"network\":{\"name\":\"dev\",\"authority_key\":\"" + authority + "\"}}");
    out.getBuffer().setLength(0);

    assertThat(ask("invite", "--days", "1000")).as(err.toString()).isZero();

    InviteToken token = InviteToken.parse(out.toString().strip());
    assertThat(token.until()).isBefore(Instant.now().plusSeconds(11 * 86_400));
    NetworkInfo network = new NetworkInfo("dev", NodeKeys.load(safe()).orElseThrow().key());
    assertThat(BootRights.of(storage, Optional.of(delegation()), network).delegation()).isPresent();
  }

  @Test
  void whatIsNoKeyOrNoAuthorityIsRefused() throws Exception {
    assertThat(delegate("ab".repeat(32))).isEqualTo(1);
    assertThat(err.toString()).contains("in-a-safe is not there");
    create();

    assertThat(delegate("abc")).isEqualTo(2);
    assertThat(err.toString()).contains("--key=abc is not allowed");
    assertThat(delegation()).doesNotExist();
  }

  @Test
  void authorityAloneSaysWhatThereIsToDo() {
    assertThat(run("authority")).isEqualTo(2);
    assertThat(err.toString()).contains("create or delegate");
  }
}
