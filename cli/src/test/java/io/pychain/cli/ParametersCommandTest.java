package io.pychain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.cli.FakeApi.Asked;
import io.pychain.cli.terminal.Json;
import org.junit.jupiter.api.Test;

class ParametersCommandTest extends ApiConversation {
  private static final String SHOW = "GET /api/v1/parameters";
  private static final String LAY_DOWN = "PUT /api/v1/parameters";
  private static final String NONE =
      "{\"number\":0,\"messages_per_second\":null,\"bytes_per_second\":null,\"burst_seconds\":1}";
  private static final String HELD =
      "{\"number\":7,\"messages_per_second\":10,\"bytes_per_second\":2000,\"burst_seconds\":5}";

  @Test
  void burstOfNothingIsForTheNodeToRefuseAndNotTakenForTheUsualOne() throws Exception {
    api.on(SHOW, 200, HELD);
    api.on(LAY_DOWN, 200, HELD);

    assertThat(ask("parameters", "--burst", "0")).isZero();

    String sent = api.asked.stream().toList().getLast().body();
    assertThat(Json.parse(sent).path("burst_seconds").asLong(-1)).isZero();
  }

  @Test
  void withoutOptionsItShowsWhatHolds() {
    api.on(SHOW, 200, HELD);

    assertThat(ask("parameters")).as(err.toString()).isZero();

    assertThat(out.toString()).contains("MESSAGES/S").contains("10").contains("2000");
    assertThat(api.asked).extracting(Asked::call).containsExactly(SHOW);
  }

  @Test
  void networkWithoutLimitsIsSaidToTakeAny() {
    api.on(SHOW, 200, NONE);

    assertThat(ask("parameters")).as(err.toString()).isZero();

    assertThat(out.toString()).contains("any");
  }

  @Test
  void whatIsNotNamedStaysAndZeroLiftsALimit() throws Exception {
    api.on(SHOW, 200, HELD);
    api.on(LAY_DOWN, 200, HELD);

    assertThat(ask("parameters", "--messages-per-second", "0", "--burst", "9")).isZero();

    assertThat(Json.parse(api.asked.stream().toList().getLast().body()))
        .isEqualTo(
            Json.parse(
                "{\"messages_per_second\":null,\"bytes_per_second\":2000,\"burst_seconds\":9}"));
  }

  @Test
  void refusalIsShownInOneLine() {
    api.on(SHOW, 200, NONE);
    api.on(LAY_DOWN, 403, "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"no boot node\"}");

    assertThat(ask("parameters", "--bytes-per-second", "1")).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).singleElement().asString().contains("no boot node");
  }
}
