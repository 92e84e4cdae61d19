package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Guid;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishingTest {
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
  void publishedMessageIsAnsweredWithItsId() throws Exception {
    HttpResponse<String> answer = api.put(ApiFixture.JSON, "{\"data\": 1}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":\"3:1:1\",\"guid\":3,\"epoch\":1,\"seq\":1,"
                + "\"broadcast_timestamp\":1795325523.482913}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0.0",
        "1e400",
        "12345678901234567890123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
        "\"\"",
        "\"h\\u00e9llo \\ud83d\\ude00 \\\"/\"",
        "\"héllo 😀\"",
        "[]",
        "{}",
        "[1, 2 ,3]",
        "{ \"b\" : 1,\n\t\"a\" : {\"x\": [ ] , \"a\":2}, \"b\":3 }",
      })
  void dataIsCarriedByteForByte(String value) throws Exception {
    for (String body : List.of("{\"data\":" + value + "}", " {\"data\" : \n" + value + " }\r\n ")) {
      HttpResponse<String> answer = api.put(ApiFixture.JSON, body);

      assertThat(answer.statusCode()).as(body).isEqualTo(201);
      Message message = api.node.delivered().getLast().message();
      assertThat(message.contentType()).isEqualTo("application/json");
      assertThat(message.data().utf8()).isEqualTo(value);
    }
  }

  @Test
  void eventIsStoredWithItsArgumentsAsTheyCame() throws Exception {
    String event = "{ \"name\": \"DOOR_OPEN\", \"args\": {\"at\": 1.50} }";
    HttpResponse<String> answer =
        api.put("application/json; charset=UTF-8", "{\"event\": " + event + "}");

    assertThat(answer.statusCode()).isEqualTo(201);
    Message message = api.node.delivered().getLast().message();
    assertThat(message.contentType()).isEqualTo(Message.EVENT);
    assertThat(message.data().utf8()).isEqualTo("{\"event\":" + event + "}");
  }

  @Test
  void eventWithoutArgumentsGetsEmptyOnes() throws Exception {
    api.put(Message.EVENT, "{\"event\":{\"name\":\"HELLO\"}}");

    Message message = api.node.delivered().getLast().message();
    assertThat(message.data().utf8()).isEqualTo("{\"event\":{\"args\":{},\"name\":\"HELLO\"}}");
  }

  @Test
  void suspicionOfAMemberMayBePublished() throws Exception {
    String body = "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7}}}";

    assertThat(api.put(ApiFixture.JSON, body).statusCode()).isEqualTo(201);
  }

  @Test
  void suspicionIsWrittenInTheOneWayThatNodesRead() throws Exception {
    api.put(ApiFixture.JSON, "{\"event\": {\"args\": {\"guid\": 7}, \"name\": \"DEAD_PEER\"}}");

    Message message = api.node.delivered().getLast().message();
    assertThat(message).isEqualTo(Suspicion.bare(Guid.of(7)));
  }

  @Test
  void suspicionThatSaysMoreIsAnEventForApplicationsOnly() throws Exception {
    String body = "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"why\":1}}}";

    api.put(ApiFixture.JSON, body);

    assertThat(api.node.delivered().getLast().message().data().utf8()).isEqualTo(body);
  }

  @Test
  void bytesOfAnyTypeAreCarriedAsTheyAre() throws Exception {
    byte[] bytes = {0, 1, (byte) 0xff, '\n', 0};
    HttpResponse<String> answer = api.put("image/x-test;v=1", BodyPublishers.ofByteArray(bytes));

    assertThat(answer.statusCode()).isEqualTo(201);
    Message message = api.node.delivered().getLast().message();
    assertThat(message.contentType()).isEqualTo("image/x-test;v=1");
    assertThat(message.data().toArray()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "null",
        "[]",
        "{}",
        "{\"data\"}",
        "{\"data\":}",
        "{\"data\":1",
        "{\"data\":1}}",
        "{\"data\":1} 2",
        "{\"data\":1,\"data\":2}",
        "{\"data\":1,\"event\":{\"name\":\"A\",\"args\":{}}}",
        "{\"Data\":1}",
        "{\"data\":01}",
        "{\"data\":NaN}",
        "{\"data\":'a'}",
        "{\"data\":\"a\nb\"}",
        "{\"data\":\"\\x\"}",
        "{\"data\":tru}",
        "{\"data\":[1,]}",
        "{\"data\":{\"a\":1,}}",
        "{\"data\":1}\u0000",
        "\uFEFF{\"data\":1}",
        "/* c */{\"data\":1}",
        "{\"event\":1}",
        "{\"event\":{}}",
        "{\"event\":{\"args\":{}}}",
        "{\"event\":{\"name\":\"A\",\"args\":[]}}",
        "{\"event\":{\"name\":\"A\",\"name\":\"B\",\"args\":{}}}",
        "{\"event\":{\"name\":\"A\",\"args\":{},\"args\":{}}}",
        "{\"event\":{\"name\":\"A\",\"args\":{},\"more\":1}}",
        "{\"event\":{\"name\":\"\",\"args\":{}}}",
        "{\"event\":{\"name\":\"lower\",\"args\":{}}}",
        "{\"event\":{\"name\":1,\"args\":{}}}",
        "{\"event\":{\"name\":\"PEER_JOINED\",\"args\":{}}}",
        "{\"event\":{\"name\":\"PEER_LEAVING\",\"args\":{}}}",
        "{\"event\":{\"name\":\"ADDRESS_CHANGED\",\"args\":{}}}",
        "{\"event\":{\"name\":\"FORK_FOUND\",\"args\":{}}}",
        "{\"event\":{\"name\":\"FORK\\u005fFOUND\",\"args\":{}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\"}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":\"7\"}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":-7}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7.0}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"guid\":0}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":99999999999999}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":12}}}",
      })
  void malformedBodyIsRefusedAndPublishesNothing(String body) throws Exception {
    HttpResponse<String> answer = api.put(ApiFixture.JSON, body);

    Problems.assertProblem(answer, 400);
    assertThat(api.node.delivered()).isEmpty();
  }

  @Test
  void reservedNameCannotBeSmuggledInAsRawBytes() throws Exception {
    String event = "{\"event\":{\"name\":\"FORK_FOUND\",\"args\":{}}}";

    Problems.assertProblem(api.put(Message.EVENT, event), 400);
    Problems.assertProblem(api.put("APPLICATION/VND.pychain.Event+json ; v=1", event), 400);
    Problems.assertProblem(api.put(Message.EVENT, "{\"data\":1}"), 400);
    assertThat(api.node.delivered()).isEmpty();
  }

  @Test
  void invalidUtf8IsRefused() throws Exception {
    byte[] body = "{\"data\":\"a?b\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int bad : new int[] {0x80, 0xC0, 0xFF}) {
      body[10] = (byte) bad;
      Problems.assertProblem(api.put(ApiFixture.JSON, BodyPublishers.ofByteArray(body)), 400);
    }
    byte[] utf16 = "{\"data\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    Problems.assertProblem(api.put(ApiFixture.JSON, BodyPublishers.ofByteArray(utf16)), 400);
    assertThat(api.node.delivered()).isEmpty();
  }

  @Test
  void bombsOfDepthAndDigitsAreRefused() throws Exception {
    String deep = "[".repeat(20_000) + "]".repeat(20_000);
    String wide = "9".repeat(50_000);
    String name = "{\"" + "n".repeat(50_000) + "\":1}";

    for (String value : List.of(deep, wide, "1." + wide, "1e" + wide, name)) {
      Problems.assertProblem(api.put(ApiFixture.JSON, "{\"data\":" + value + "}"), 400);
    }
    assertThat(api.node.delivered()).isEmpty();
  }

  @Test
  void largestMessagePassesAndOneByteMoreDoesNot() throws Exception {
    String fits = "\"" + "x".repeat(ApiFixture.MESSAGE_BYTES_MAX - 2) + "\"";
    String over = "\"" + "x".repeat(ApiFixture.MESSAGE_BYTES_MAX - 1) + "\"";

    assertThat(api.put(ApiFixture.JSON, "{\"data\":" + fits + "}").statusCode()).isEqualTo(201);
    Problems.assertProblem(api.put(ApiFixture.JSON, "{\"data\":" + over + "}"), 413);
    Problems.assertProblem(api.put("text/plain", over), 413);
    Problems.assertProblem(api.put("text/plain", "x".repeat(2_000_000)), 413);
    assertThat(api.node.delivered()).hasSize(1);
  }

  @Test
  void chunkedBodyIsBoundedToo() throws Exception {
    byte[] fits = new byte[ApiFixture.MESSAGE_BYTES_MAX];
    byte[] over = new byte[ApiFixture.MESSAGE_BYTES_MAX + 1];

    var small = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(fits));
    assertThat(api.put("a/b", small).statusCode()).isEqualTo(201);
    var large = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(over));
    Problems.assertProblem(api.put("a/b", large), 413);
    assertThat(api.node.delivered().getLast().message().data().toArray()).isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "application", "a/b/c", "/", "text/", "é/b"})
  void bodyOfNoNamedTypeIsRefused(String contentType) throws Exception {
    String type = "Content-Type: " + contentType;
    String[] headers = {
      ApiFixture.HOST, ApiFixture.CLOSE, ApiFixture.AUTHORIZATION, type, "Content-Length: 1"
    };
    String request = ApiFixture.http("PUT /api/v1/broadcast", headers) + "1";

    assertThat(api.answerTo(request)).startsWith("HTTP/1.1 415 ");
  }

  @Test
  void jsonInAnotherCharsetIsRefused() throws Exception {
    String latin = "application/json; charset=latin1";

    Problems.assertProblem(api.put(latin, "{\"data\":1}"), 415);
  }

  @Test
  void nodeThatCannotKeepUpSaysWhenToTryAgain() throws Exception {
    api.node.refuse("the disk is full: free some space");

    HttpResponse<String> answer = api.put(ApiFixture.JSON, "{\"data\":1}");

    Problems.assertProblem(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body()).contains("the disk is full");
  }

  @Test
  void publishThatDoesNotEndIsAnsweredWithAnUnknownOutcome() throws Exception {
    api.node.fallSilent();

    HttpResponse<String> answer = api.put(ApiFixture.JSON, "{\"data\":1}");

    Problems.assertProblem(answer, 503);
    assertThat(answer.body()).contains("may yet become");
  }

  @Test
  void bulkPublishesAllLinesInOrder() throws Exception {
    HttpResponse<String> answer =
        api.bulk("{\"data\":1}\r\n\n{\"event\":{\"name\":\"A\",\"args\":{}}}\n  {\"data\":[2]}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .isEqualTo("{\"accepted\":3,\"first_id\":\"3:1:1\",\"last_id\":\"3:1:3\"}");
    assertThat(api.node.delivered().stream().map(m -> m.message().data().utf8()))
        .containsExactly("1", "{\"event\":{\"name\":\"A\",\"args\":{}}}", "[2]");
  }

  @Test
  void bulkPublishesNothingIfOneLineIsWrong() throws Exception {
    HttpResponse<String> answer = api.bulk("{\"data\":1}\n{\"data\":2}\n{\"data\":}\n");

    Problems.assertProblem(answer, 400);
    assertThat(answer.body()).contains("Line 3");
    assertThat(api.node.delivered()).isEmpty();
  }

  @Test
  void bulkIsBoundedInLinesAndBytes() throws Exception {
    Problems.assertProblem(api.bulk("{\"data\":1}\n".repeat(1_001)), 413);
    Problems.assertProblem(api.bulk(" ".repeat((1 << 20) + 1)), 413);
    Problems.assertProblem(api.bulk("\n\n"), 400);
    assertThat(api.node.delivered()).isEmpty();
  }

  @Test
  void bulkIsLinesWhateverTheClientCallsThem() throws Exception {
    var body = BodyPublishers.ofString("{\"data\":1}\n{\"data\":2}");
    String form = "application/x-www-form-urlencoded";

    assertThat(api.write("POST", "/api/v1/broadcast/bulk", form, body).statusCode()).isEqualTo(201);
  }
}
