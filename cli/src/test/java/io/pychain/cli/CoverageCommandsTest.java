package io.pychain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.cli.FakeApi.Asked;
import io.pychain.cli.terminal.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--wait` and `pychain coverage`.
class CoverageCommandsTest extends ApiConversation {
  private static final String STREAM = "GET /api/v1/messages/2:1:7/coverage/stream?wait=";
  private static final String GROWING =
      "data: {\"reached\":3,\"members\":5,\"missing\":[2,4],\"done\":false}\n\n";
  private static final String ALL =
      "data: {\"reached\":5,\"members\":5,\"missing\":[],\"done\":true}\n\n";
  private static final String SOME =
      "data: {\"reached\":3,\"members\":5,\"missing\":[2,4],\"done\":true}\n\n";

  @BeforeEach
  void takeWhatIsPublished() {
    api.on("PUT /api/v1/broadcast", 201, PUBLISHED);
  }

  @Test
  void broadcastThatWaitsEndsWithTheCountOnceAllHaveIt() {
    onStream("10.0", GROWING + ALL);

    int code = ask("broadcast", "{\"any\":1}", "--wait");

    assertThat(code).isZero();
    assertThat(out.toString().lines()).containsExactly("published 2:1:7", "5/5");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void broadcastThatWaitedInVainNamesWhoIsMissingAndFails() {
    onStream("2.5", GROWING + SOME);

    int code = ask("broadcast", "{\"any\":1}", "--wait=2.5");

    assertThat(code).isEqualTo(1);
    assertThat(out.toString().lines()).containsExactly("published 2:1:7", "3/5, missing 2 4");
  }

  @Test
  void valueAfterWaitIsStillTheValue() {
    onStream("10.0", ALL);

    int code = ask("broadcast", "--wait", "{\"any\":1}");

    assertThat(code).isZero();
    assertThat(api.asked).extracting(Asked::body).contains("{\"data\":{\"any\":1}}");
  }

  @Test
  void jsonIsOneValueWithTheCoverageInIt() throws Exception {
    onStream("10.0", GROWING + SOME);

    int code = ask("broadcast", "1", "--wait", "--json");

    assertThat(code).isEqualTo(1);
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(Json.parse(out.toString()).path("id").asText()).isEqualTo("2:1:7");
    assertThat(Json.line(Json.parse(out.toString()).path("coverage")))
        .isEqualTo("{\"reached\":3,\"members\":5,\"missing\":[2,4]}");
  }

  @Test
  void linesWaitForTheLastOfThem() {
    stdin = "1\n2\n";
    api.on(
        "POST /api/v1/broadcast/bulk",
        201,
        "{\"accepted\":2,\"first_id\":\"2:1:6\",\"last_id\":\"2:1:7\"}");
    onStream("10.0", ALL);

    int code = ask("broadcast", "--lines", "--wait");

    assertThat(code).isZero();
    assertThat(out.toString().lines())
        .containsExactly("published 2 messages, the last is 2:1:7", "5/5");
  }

  @Test
  void anybodyMayAskAboutAMessageAfterwardsWithoutAToken() {
    onStream("10.0", SOME);

    int code = run("coverage", "2:1:7", "--api", api.url());

    assertThat(code).isEqualTo(1);
    assertThat(out.toString()).isEqualToIgnoringNewLines("3/5, missing 2 4");
    assertThat(api.asked).extracting(Asked::authorization).containsExactly("null");
  }

  @Test
  void thoseWhoAreMissingWithoutANameAreCounted() {
    onStream("10.0", "data: {\"reached\":1,\"members\":5,\"missing\":[2,4],\"done\":true}\n\n");

    ask("coverage", "2:1:7");

    assertThat(out.toString()).isEqualToIgnoringNewLines("1/5, missing 2 4 and 2 more");
  }

  @Test
  void messageThatTheNodeDoesNotHoldIsOneLineOnStderr() {
    api.on(
        STREAM + "10.0",
        404,
        "application/problem+json",
        "{\"title\":\"Not found\",\"status\":404,\"detail\":\"No message 2:1:7 is held here.\"}");

    int code = ask("coverage", "2:1:7");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("No message 2:1:7 is held here.");
  }

  @Test
  void streamThatBreaksOffSaysHowToAskAgain() {
    onStream("10.0", GROWING);

    int code = ask("broadcast", "1", "--wait");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("pychain coverage 2:1:7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broadcast 1 --wait=61",
        "broadcast 1 --wait=-1",
        "broadcast 1 --wait=NaN",
        "coverage 2:1:7 --wait=soon",
        "coverage 2:1",
        "coverage"
      })
  void wrongUsageIsOneLineAndNothingIsAsked(String line) {
    int code = run(line.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(api.asked).isEmpty();
  }

  private void onStream(String wait, String events) {
    api.on(STREAM + wait, 200, "text/event-stream", events);
  }
}
