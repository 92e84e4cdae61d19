package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  private ApiFixture api;

  @BeforeEach
  void start() throws Exception {
    api = new ApiFixture();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void messageReadsAsItWasPublished() throws Exception {
    api.put(ApiFixture.JSON, "{\"data\":{\"b\":1.10,\"a\":1e2}}");

    assertThat(api.get("/api/v1/messages").body())
        .isEqualTo(
            "{\"messages\":[{\"offset\":1,\"id\":\"3:1:1\",\"origin\":{\"guid\":3},"
                + "\"epoch\":1,\"seq\":1,\"broadcast_timestamp\":1795325523.482913,"
                + "\"received_timestamp\":1795325523.484913,\"hops\":0,\"via\":\"local\","
                + "\"content_type\":\"application/json\",\"data\":{\"b\":1.10,\"a\":1e2}}],"
                + "\"next\":1}");
  }

  @Test
  void eventReadsWithItsWrapping() throws Exception {
    api.put(ApiFixture.JSON, "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7}}}");

    JsonNode message = ApiFixture.json(api.get("/api/v1/messages/3:1:1"));
    assertThat(message.get("content_type").asText()).isEqualTo(Message.EVENT);
    assertThat(message.get("data").toString())
        .isEqualTo("{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7}}}");
  }

  @Test
  void bytesReadAsBase64() throws Exception {
    api.node.receive(new Message("image/png", Bytes.fromHex("00ff10")));

    JsonNode message = ApiFixture.json(api.get("/api/v1/messages/0:1:1"));
    assertThat(message.has("data")).isFalse();
    assertThat(message.get("data_base64").asText()).isEqualTo("AP8Q");
    assertThat(message.get("via").asText()).isEqualTo("push");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "1 2", "1},{\"offset\":9", "\"\u0001\"", "nul", "[[[1]]"})
  void peerThatCallsAnythingJsonDoesNotBreakTheAnswer(String claimed) throws Exception {
    api.node.receive(new Message(Message.JSON, Bytes.utf8(claimed)));

    JsonNode message = ApiFixture.json(api.get("/api/v1/messages")).get("messages").get(0);
    assertThat(message.get("data_base64").binaryValue()).isEqualTo(Bytes.utf8(claimed).toArray());
  }

  @Test
  void pagesFollowOneAnotherWithoutGap() throws Exception {
    for (int i = 0; i < 7; i++) {
      api.node.receive(new Message(Message.JSON, Bytes.utf8(Integer.toString(i))));
    }

    long after = 0;
    StringBuilder read = new StringBuilder();
    for (int page = 0; page < 4; page++) {
      JsonNode answer = ApiFixture.json(api.get("/api/v1/messages?limit=2&after=" + after));
      answer.get("messages").forEach(message -> read.append(message.get("data").asInt()));
      after = answer.get("next").asLong();
    }

    assertThat(read).hasToString("0123456");
    assertThat(after).isEqualTo(7);
    assertThat(api.get("/api/v1/messages?after=7").body())
        .isEqualTo("{\"messages\":[],\"next\":7}");
  }

  @Test
  void originPicksItsOwnMessages() throws Exception {
    api.node.receive(new Message(Message.JSON, Bytes.utf8("\"theirs\"")));
    api.put(ApiFixture.JSON, "{\"data\":\"ours\"}");

    JsonNode answer = ApiFixture.json(api.get("/api/v1/messages?origin=0"));
    assertThat(answer.get("messages")).hasSize(1);
    assertThat(answer.get("messages").get(0).get("data").asText()).isEqualTo("theirs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=1e2",
        "limit=",
        "limit",
        "limit=٣",
        "limit=99999999999999999999999",
        "after=-1",
        "after=1.0",
        "after=0x10",
        "origin=2147483648",
        "origin=all",
        "limit=1&limit=2",
        "Limit=1",
        "offset=1",
        "&",
        "after=%zz",
      })
  void queryOutOfRangeIsRefused(String query) throws Exception {
    String request = "GET /api/v1/messages?%s HTTP/1.1\nHost: localhost\nConnection: close\n\n";

    assertThat(api.answerTo(request.replace("%s", query))).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void unknownParameterIsToldWhatThereIs() throws Exception {
    HttpResponse<String> answer = api.get("/api/v1/messages?offset=1");

    Problems.assertProblem(answer, 400);
    assertThat(answer.body()).contains("after, limit, origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1:1",
        "1:1:0",
        "1:0:1",
        "-1:1:1",
        "+3:1:1",
        "03:1:1",
        "3:1:1:1",
        "3:1:1%20",
        "..",
        "3:1:99999999999999999999",
        "%00"
      })
  void whatIsNoMessageIdIsRefused(String id) throws Exception {
    Problems.assertProblem(api.get("/api/v1/messages/" + id), 400);
  }

  @Test
  void pathsThatClimbAreNotFound() throws Exception {
    String[] paths = {
      "/api/v1/messages/../../../etc/passwd", "/api/v1/messages/%2e%2e%2fstatus", "//", "/api"
    };
    for (String path : paths) {
      String request = "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n";
      assertThat(api.answerTo(request)).as(path).matches("(?s)HTTP/1.1 40[04] .*");
    }
  }

  @Test
  void messageThatIsNotHeldIsNotFound() throws Exception {
    Problems.assertProblem(api.get("/api/v1/messages/9:1:1"), 404);
  }

  @Test
  void faultOfOursIsAnsweredWithoutItsStory() throws Exception {
    api.node.fail(new IllegalStateException("secret inner workings"));

    HttpResponse<String> answer = api.get("/api/v1/messages");

    Problems.assertProblem(answer, 500);
    assertThat(answer.body()).doesNotContain("secret");
  }

  @Test
  void fakeNodeNumbersAndOrdersWhatItDelivers() throws Exception {
    api.node.receive(new Message(Message.JSON, Bytes.utf8("1")));
    api.node.publish(List.of(new Message(Message.JSON, Bytes.utf8("2")))).join();

    assertThat(api.node.delivered()).extracting(m -> m.offset()).containsExactly(1L, 2L);
    assertThat(api.node.delivered())
        .extracting(m -> m.id().toString())
        .containsExactly("0:1:1", "3:1:1");
  }
}
