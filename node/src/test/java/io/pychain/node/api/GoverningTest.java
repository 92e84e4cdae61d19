package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoverningTest {
  private static final String PATH = "/api/v1/parameters";

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
  void nobodyIsLimitedInANewNetwork() throws Exception {
    JsonNode shown = ApiFixture.json(api.get(PATH));

    assertThat(shown.get("number").asLong()).isZero();
    assertThat(shown.get("messages_per_second").isNull()).isTrue();
    assertThat(shown.get("bytes_per_second").isNull()).isTrue();
  }

  @Test
  void whatIsLaidDownIsAnsweredAndShown() throws Exception {
    HttpResponse<String> answer =
        put("{\"messages_per_second\": 10, \"bytes_per_second\": 2000, \"burst_seconds\": 3}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(held()).isEqualTo(new OriginLimits(10, 2_000, Duration.ofSeconds(3)));
    assertThat(api.get(PATH).body()).isEqualTo(answer.body());
  }

  @Test
  void rateThatIsAbsentOrNullIsNone() throws Exception {
    put("{\"messages_per_second\": null, \"bytes_per_second\": 1}");

    assertThat(held()).isEqualTo(new OriginLimits(0, 1, Duration.ofSeconds(10)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{",
        "{\"messages_per_second\": 0}",
        "{\"messages_per_second\": -1}",
        "{\"messages_per_second\": 1.5}",
        "{\"messages_per_second\": \"10\"}",
        "{\"messages_per_second\": [10]}",
        "{\"messages_per_second\": 1099511627777}",
        "{\"bytes_per_second\": 99999999999999999999}",
        "{\"burst_seconds\": 0}",
        "{\"burst_seconds\": -1}",
        "{\"burst_seconds\": 3601}",
        "{\"burst_seconds\": 1.5}",
        "{\"burst_seconds\": 9223372036854775807}",
        "{\"burst_seconds\": \"10\"}",
        "{\"messages_per_minute\": 10}",
      })
  void whatIsOutOfRangeIsRefusedAndChangesNothing(String body) throws Exception {
    HttpResponse<String> answer = put(body);

    Problems.assertProblem(answer, 400);
    assertThat(answer.body()).contains("messages_per_second");
    assertThat(api.node.view().parameters()).isEmpty();
  }

  @Test
  void nodeThatIsNoBootNodeSaysWhoCan() throws Exception {
    api.node.isNoBootNode();

    HttpResponse<String> answer = put("{\"messages_per_second\": 10}");

    Problems.assertProblem(answer, 403);
    assertThat(answer.body()).contains("boot node");
  }

  @Test
  void layingDownNeedsTheTokenAndShowingDoesNot() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.uri(PATH))
            .header("Content-Type", ApiFixture.JSON)
            .PUT(BodyPublishers.ofString("{\"messages_per_second\": 10}"))
            .build();

    Problems.assertProblem(api.send(request), 401);
    assertThat(api.node.view().parameters()).isEmpty();
    assertThat(api.get(PATH).statusCode()).isEqualTo(200);
  }

  private OriginLimits held() {
    return api.node.view().parameters().map(Parameters::limits).orElseThrow();
  }

  private HttpResponse<String> put(String body) throws Exception {
    return api.write("PUT", PATH, ApiFixture.JSON, BodyPublishers.ofString(body));
  }
}
