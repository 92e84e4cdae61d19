package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoveringTest {
  private static final String ALL = "{\"reached\":2,\"members\":2,\"missing\":[]}";
  private static final String OWN = "{\"reached\":1,\"members\":2,\"missing\":[0]}";
  private static final String COVERAGE = "/api/v1/messages/3:1:1/coverage";

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
  void publishThatWaitsTellsWhoHasTheMessage() throws Exception {
    api.node.reachEverybody();

    HttpResponse<String> answer = publish("?wait=5");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).startsWith("{\"id\":\"3:1:1\"").endsWith("\"coverage\":" + ALL + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?wait=0", "?wait=0.05", "?wait=0.150"})
  void publishThatDoesNotReachEverybodyInTimeIsPublishedAllTheSame(String wait) throws Exception {
    HttpResponse<String> answer = publish(wait);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).endsWith("\"coverage\":" + OWN + "}");
    assertThat(api.node.delivered()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "61", "60.001", "1e1", "0x1", "1.", ".5", "1.2345", "all", "٣"})
  void waitThatIsNoneIsRefusedBeforeAnythingIsPublished(String wait) throws Exception {
    Problems.assertProblem(publish("?wait=" + encoded(wait)), 400);
    Problems.assertProblem(api.get(COVERAGE + "?wait=" + encoded(wait)), 400);

    assertThat(api.node.delivered()).isEmpty();
  }

  @Test
  void bulkThatWaitsTellsWhoHasTheLastMessageAndSoAllOfThem() throws Exception {
    api.node.reachEverybody();

    HttpResponse<String> answer =
        api.write(
            "POST",
            "/api/v1/broadcast/bulk?wait=5",
            "application/x-ndjson",
            BodyPublishers.ofString("{\"data\":1}\n{\"data\":2}\n"));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).endsWith("\"last_id\":\"3:1:2\",\"coverage\":" + ALL + "}");
  }

  @Test
  void anybodyMayAskWhoHasAMessage() throws Exception {
    publish("");
    api.node.reachEverybody();

    HttpResponse<String> answer = api.get(COVERAGE + "?wait=5");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ALL);
  }

  @Test
  void messageThatIsNotHeldCannotBeAskedAbout() throws Exception {
    for (String path : List.of(COVERAGE, COVERAGE + "/stream")) {
      HttpResponse<String> answer = api.get(path);

      Problems.assertProblem(answer, 404);
      assertThat(answer.body()).contains("3:1:1").contains("pruned");
    }
    Problems.assertProblem(api.get("/api/v1/messages/three/coverage"), 400);
  }

  @Test
  void streamTellsWhatIsKnownAsItGrowsAndEnds() throws Exception {
    publish("");
    CompletableFuture<HttpResponse<String>> stream =
        CompletableFuture.supplyAsync(() -> read(COVERAGE + "/stream?wait=30"));

    ApiFixture.await("somebody asks", () -> api.node.inquiries() == 1);
    ApiFixture.await("it is told what is known", () -> api.node.looks() > 1);
    api.node.reachEverybody();
    List<JsonNode> events = events(stream.get(10, TimeUnit.SECONDS));

    assertThat(events).hasSize(2);
    assertThat(events.getFirst().path("reached").asInt()).isEqualTo(1);
    assertThat(events.getFirst().path("done").asBoolean()).isFalse();
    assertThat(events.getLast().path("reached").asInt()).isEqualTo(2);
    assertThat(events.getLast().path("done").asBoolean()).isTrue();
  }

  @Test
  void oneQuestionTooManyIsRefusedAndAPublishIsNot() throws Exception {
    publish("");
    List<CompletableFuture<HttpResponse<String>>> waiting = List.of(ask(), ask(), ask());
    ApiFixture.await("all wait", () -> api.node.inquiries() == ApiFixture.LIMITS.inquiriesMax());

    HttpResponse<String> refused = api.get(COVERAGE);
    HttpResponse<String> published = publish("?wait=5");

    Problems.assertProblem(refused, 503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(published.statusCode()).isEqualTo(201);
    assertThat(published.body()).endsWith("\"coverage\":" + OWN + "}");
    api.node.reachEverybody();
    for (var answer : waiting) {
      assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  private CompletableFuture<HttpResponse<String>> ask() {
    return CompletableFuture.supplyAsync(() -> read(COVERAGE + "?wait=30"));
  }

  private HttpResponse<String> read(String path) {
    try {
      return api.get(path);
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static List<JsonNode> events(HttpResponse<String> stream) {
    return stream
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> {
          try {
            return ApiFixture.json(line.substring("data: ".length()));
          } catch (IOException malformed) {
            throw new IllegalStateException(malformed);
          }
        })
        .toList();
  }

  private HttpResponse<String> publish(String query) throws Exception {
    return api.write(
        "PUT",
        "/api/v1/broadcast" + query,
        ApiFixture.JSON,
        BodyPublishers.ofString("{\"data\":1}"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
