package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Answer.Overruled.Why;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BanningTest {
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
  void banAnswersWithWhatTheAuthoritySaid() throws Exception {
    MemberRecord record = api.node.view().members().getLast().record();
    api.node.rule(new Answer.Ruled(1, record));

    JsonNode ruling = ApiFixture.json(call("PUT", "7"));

    assertThat(ruling.get("guid").asInt()).isEqualTo(7);
    assertThat(ruling.get("banned").asBoolean()).isFalse();
    assertThat(ruling.get("epoch").asInt()).isEqualTo(record.certificate().epoch());
  }

  @ParameterizedTest
  @CsvSource({
    "NO_BOOT_NODE, 409",
    "BOOT_NODE,    409",
    "UNKNOWN,      404",
    "NOT_BANNED,   404",
    "CANNOT_WRITE, 503",
  })
  void refusalSaysWhy(Why why, int status) throws Exception {
    api.node.rule(new Answer.Overruled(1, why, "because of " + why));

    for (String method : new String[] {"PUT", "DELETE"}) {
      HttpResponse<String> answer = call(method, "7");
      Problems.assertProblem(answer, status);
      assertThat(answer.body()).contains("because of " + why);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "16777216", "%2e%2e", "7?force=perhaps"})
  void whatIsNoGuidOrFlagIsRefused(String guid) throws Exception {
    Problems.assertProblem(call("PUT", guid), 400);
  }

  @Test
  void banningNeedsTheToken() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.uri("/api/v1/bans/7")).PUT(BodyPublishers.noBody()).build();

    Problems.assertProblem(api.send(request), 401);
  }

  @Test
  void nobodyIsBannedInANewNetwork() throws Exception {
    assertThat(api.get("/api/v1/bans").body()).isEqualTo("{\"bans\":[]}");
  }

  private HttpResponse<String> call(String method, String guid) throws Exception {
    return api.write(method, "/api/v1/bans/" + guid, ApiFixture.JSON, BodyPublishers.noBody());
  }
}
