package io.pychain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.cli.FakeApi.Asked;
import io.pychain.cli.terminal.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest extends ApiConversation {
  private static final String STATUS =
      """
      {"network":{"name":"dev","id":"aa","authority_key":"bb"},
       "node":{"guid":0,"role":"boot","public_key":"cc","version":"0.1.0",
               "address":"10.0.0.1:9000"},
       "members":{"alive":5,"suspect":0,"dead":0,"left":0},"links":4,
       "messages":{"held":3,"published":1,"delivered":3,"last_offset":3},"sync":{"behind":0}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "nodes",
        "links",
        "broadcast",
        "coverage",
        "messages",
        "sync",
        "leave",
        "ban",
        "unban",
        "bans",
        "rotate-key",
        "key",
        "invite",
        "verify",
        "config",
      })
  void everyCommandExplainsItself(String command) {
    int code = run(command, "--help");

    assertThat(code).isZero();
    assertThat(out.toString()).contains("Usage: pychain " + command).contains("--json");
  }

  @Test
  void statusIsShownForPeople() {
    api.on("GET /api/v1/status", 200, STATUS);

    int code = ask("status");

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("network   dev aa")
        .contains("GUID 0, boot, version 0.1.0, at 10.0.0.1:9000")
        .contains("5 alive, 0 suspect")
        .contains("3 held, 1 published");
  }

  @Test
  void statusInJsonIsWhatTheNodeSays() throws Exception {
    api.on("GET /api/v1/status", 200, STATUS);

    ask("status", "--json");

    assertThat(out.toString().lines()).hasSize(1);
    assertThat(Json.parse(out.toString())).isEqualTo(Json.parse(STATUS));
  }

  @Test
  void banAndUnbanSayWhatHappens() {
    api.on("PUT /api/v1/bans/7", 200, "{\"guid\":7,\"banned\":true,\"epoch\":65}");
    api.on("DELETE /api/v1/bans/7", 200, "{\"guid\":7,\"banned\":false,\"epoch\":129}");

    assertThat(ask("ban", "7")).isZero();
    assertThat(ask("unban", "7")).isZero();

    assertThat(out.toString()).contains("GUID 7 is banned").contains("GUID 7 may come back");
  }

  @Test
  void rotateKeySaysWhichKeyAndWhatToDo() {
    api.on("POST /api/v1/key/rotate", 200, "{\"guid\":7,\"public_key\":\"ab\",\"epoch\":65}");

    assertThat(ask("rotate-key")).isZero();

    assertThat(out.toString())
        .contains("GUID 7 has key ab from epoch 65 on")
        .contains("Restart the node");
  }

  @Test
  void bansAreATable() {
    api.on(
        "GET /api/v1/bans",
        200,
        "{\"bans\":[{\"guid\":7,\"public_key\":\"ab\",\"epoch\":65,\"since_timestamp\":1}]}");

    assertThat(ask("bans")).isZero();

    assertThat(out.toString()).contains("UP TO EPOCH").containsPattern("7 +1970.* +65 +ab");
  }

  @Test
  void nodesAndLinksAreTables() {
    api.on(
        "GET /api/v1/nodes",
        200,
        "{\"nodes\":[{\"guid\":3,\"address\":\"h:1\",\"role\":\"client\",\"state\":\"alive\","
            + "\"version\":\"0.1.0\",\"last_heard_timestamp\":1795325123.482913,"
            + "\"unresponsive_count\":2,\"linked\":true}]}");
    api.on(
        "GET /api/v1/links",
        200,
        "[{\"guid\":3,\"kind\":[\"primary\",\"neighbour\"],\"protocol\":2,\"rtt_ms\":0.4,"
            + "\"sent_bytes\":10,\"received_bytes\":11,\"queued_bytes\":0,\"since_timestamp\":0}]");

    ask("nodes");
    ask("links");

    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "GUID ROLE STATE ADDRESS LINKED LAST HEARD UNRESPONSIVE VERSION",
            "3 client alive h:1 yes 2026-11-22T05:25:23.482Z 2 0.1.0",
            "GUID KIND PROTOCOL RTT MS SENT RECEIVED QUEUED SINCE",
            "3 primary,neighbour 2 0.4 10 11 0 1970-01-01T00:00:00Z");
  }

  @Test
  void jsonValueIsPublishedWithTheTokenOfTheNode() {
    api.on("PUT /api/v1/broadcast", 201, PUBLISHED);

    int code = ask("broadcast", "{\"any\": [\"json\", 1.50]}");

    assertThat(code).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("published 2:1:7");
    assertThat(api.asked)
        .containsExactly(
            new Asked(
                "PUT /api/v1/broadcast",
                "application/json",
                "Bearer secret-of-the-node",
                "{\"data\":{\"any\": [\"json\", 1.50]}}"));
  }

  @Test
  void eventTakesItsArgumentsAsJsonWhereTheyAre() {
    api.on("PUT /api/v1/broadcast", 201, PUBLISHED);

    ask("broadcast", "--event", "DEAD_PEER", "guid=1", "why=no answer", "seen=[2,3]");

    assertThat(api.asked.element().body())
        .isEqualTo(
            "{\"event\":{\"name\":\"DEAD_PEER\","
                + "\"args\":{\"guid\":1,\"why\":\"no answer\",\"seen\":[2,3]}}}");
  }

  @Test
  void fileIsPublishedAsItIs() throws Exception {
    api.on("PUT /api/v1/broadcast", 201, PUBLISHED);
    Path file = Files.writeString(storage.resolve("f"), "raw\0bytes");

    ask("broadcast", "--file", file.toString(), "--content-type", "text/plain");

    assertThat(api.asked.element().contentType()).isEqualTo("text/plain");
    assertThat(api.asked.element().body()).isEqualTo("raw\0bytes");
  }

  @Test
  void linesArePublishedInBulk() {
    stdin = "1\n\n{\"a\":2}\n\"three\"";
    api.on(
        "POST /api/v1/broadcast/bulk",
        200,
        "{\"accepted\":3,\"first_id\":\"2:1:7\",\"last_id\":\"2:1:9\"}");

    int code = ask("broadcast", "--lines", "--json");

    assertThat(code).isZero();
    assertThat(api.asked.element().body())
        .isEqualTo("{\"data\":1}\n{\"data\":{\"a\":2}}\n{\"data\":\"three\"}\n");
    assertThat(out.toString())
        .isEqualToIgnoringNewLines("{\"first_id\":\"2:1:7\",\"last_id\":\"2:1:9\",\"accepted\":3}");
  }

  @Test
  void lineThatIsNoJsonTellsWhatIsAlreadyPublished() {
    stdin = "1\n".repeat(1_000) + "oops\n";
    api.on(
        "POST /api/v1/broadcast/bulk",
        200,
        "{\"accepted\":1000,\"first_id\":\"2:1:1\",\"last_id\":\"2:1:1000\"}");

    int code = ask("broadcast", "--lines");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "line 1001 is no JSON value; 1000 messages before it are published,"
                + " the last is 2:1:1000");
  }

  @Test
  void messagesArePagedToTheEnd() {
    api.on(
        "GET /api/v1/messages?after=4&limit=500",
        200,
        "{\"messages\":[{\"offset\":5,\"id\":\"1:1:1\",\"broadcast_timestamp\":0.5,\"data\":{}},"
            + "{\"offset\":6,\"id\":\"1:1:2\",\"broadcast_timestamp\":1,"
            + "\"content_type\":\"image/png\",\"data_base64\":\"AAA=\"}],\"next\":6}");
    api.on("GET /api/v1/messages?after=6&limit=500", 200, "{\"messages\":[],\"next\":6}");

    int code = ask("messages", "--after", "4");

    assertThat(code).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "5 1:1:1 1970-01-01T00:00:00.500Z {}", "6 1:1:2 1970-01-01T00:00:01Z image/png AAA=");
  }

  @Test
  void followingGoesOnAfterTheStreamBreaksOff() {
    api.on("GET /api/v1/messages?after=0&limit=3", 200, "{\"messages\":[],\"next\":0}");
    api.on(
        "GET /api/v1/messages/stream?after=0",
        200,
        "text/event-stream",
        """
        : hello

        id: 1
        data: {"offset":1,"id":"a","data":1}

        id: 2
        data: {"offset":2,"id":"b","data":2}

        """);
    api.on(
        "GET /api/v1/messages/stream?after=2",
        200,
        "text/event-stream",
        "id: 3\ndata: {\"offset\":3,\"id\":\"c\",\"data\":3}\n\n");

    int code = ask("messages", "--follow", "--limit", "3", "--json");

    assertThat(code).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "{\"offset\":1,\"id\":\"a\",\"data\":1}",
            "{\"offset\":2,\"id\":\"b\",\"data\":2}",
            "{\"offset\":3,\"id\":\"c\",\"data\":3}");
  }

  @Test
  void keyGivesWhatNewcomersNeed() {
    api.on("GET /api/v1/status", 200, STATUS);

    ask("key", "--json");

    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "{\"public_key\":\"cc\",\"authority_key\":\"bb\",\"boot_node\":\"bb@10.0.0.1:9000\"}");
  }

  @Test
  void refusalIsOneLineWithTheReason() {
    String problem = "{\"title\":\"Not now\",\"status\":503,\"detail\":\"It stops\\nalready\"}";
    api.on("POST /api/v1/leave", 503, "application/problem+json", problem);

    int code = ask("leave");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "POST /api/v1/leave was refused by " + api.url() + " (503): Not now: It stops already");
  }

  @Test
  void wrongTokenIsToldWithWhereToPutTheRightOne() {
    api.on("POST /api/v1/sync", 401, "{\"title\":\"No\"}");

    int code = ask("sync");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("(401)").contains("--token-file");
  }

  @Test
  void missingTokenFileIsNamed() throws Exception {
    Files.delete(storage.resolve("api-token"));

    int code = ask("sync");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains(storage.resolve("api-token").toString())
        .contains("--token-file");
    assertThat(api.asked).isEmpty();
  }

  @Test
  void nobodyThereIsToldWithWhatToDo() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    int code = run("status", "--api", "http://127.0.0.1:" + closed);

    assertThat(code).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("no node answers at").contains("--api");
  }

  @Test
  void somebodyElseThereIsTold() {
    api.on("GET /api/v1/status", 200, "text/html", "<html>");

    int code = ask("status");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("not as a pychain node does");
  }

  @Test
  void localNodeIsFoundByItsSettings() throws Exception {
    api.on("GET /api/v1/status", 200, STATUS);
    String port = api.url().substring(api.url().lastIndexOf(':'));
    Files.writeString(storage.resolve("pychain.properties"), "API_LISTEN=0.0.0.0" + port);

    int code = run("status", "--storage-dir", storage.toString());

    assertThat(code).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "broadcast                         | give exactly one of",
        "broadcast 1 2                     | give exactly one of",
        "broadcast 1 --file f              | give exactly one of",
        "broadcast --lines --event E       | give exactly one of",
        "broadcast {                       | no JSON value",
        "broadcast --event E guid          | an argument of an event is NAME=VALUE",
        "messages --after -1               | --after and --origin are 0 or more",
        "messages --limit x                | --limit",
        "status --api ftp://x              | --api=ftp://x is not allowed",
        "status --no-such-flag             | --no-such-flag",
        "node --storage-dir /nowhere       | BOOT_NODE is required",
        "boot --peer-listen ::1            | PEER_LISTEN=::1 (flag --peer-listen) is not allowed",
        "config --log-level LOUD           | LOG_LEVEL=LOUD (flag --log-level) is not allowed",
      })
  void wrongUsageIsOneLineAndExitCodeTwo(String line, String complaint) {
    int code = run(line.split(" "));

    assertThat(err.toString()).contains(complaint);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void configShowsWhereEachValueCameFrom() throws Exception {
    Files.writeString(storage.resolve("pychain.properties"), "MAX_UNRESPONSIVE=7\n");

    int code = run("config", "--storage-dir", storage.toString(), "--log-level", "DEBUG");

    assertThat(code).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "LOG_LEVEL DEBUG flag --log-level",
            "MAX_UNRESPONSIVE 7 " + storage.resolve("pychain.properties") + " line 1",
            "NETWORK_NAME from-env environment",
            "BOOT_NODE (none) default",
            "GUID_TIMEOUT 86400 default");
  }

  @Test
  void configKeepsSecretsToItself() {
    int shown = run("config", "--storage-dir", storage.toString(), "--invite", "invite-abc123");
    int json =
        run("config", "--json", "--storage-dir", storage.toString(), "--invite", "invite-abc123");

    assertThat(shown + json).isZero();
    assertThat(out.toString()).contains("INVITE", "(not shown)").doesNotContain("abc123");
  }
}
