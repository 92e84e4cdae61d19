package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.node.Expiry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectingTest {
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
  void statusTellsWhoAndHowFar() throws Exception {
    JsonNode status = ApiFixture.json(api.get("/api/v1/status"));

    assertThat(status.at("/network/name").asText()).isEqualTo("testing \"net\"");
    assertThat(status.at("/network/id").asText()).isEqualTo("ab".repeat(32));
    assertThat(status.at("/node/guid").asInt()).isEqualTo(3);
    assertThat(status.at("/node/role").asText()).isEqualTo("client");
    assertThat(status.at("/node/address").asText()).isEqualTo("127.0.0.1:9003");
    assertThat(status.at("/members").toString())
        .isEqualTo(
            "{\"alive\":2,\"suspect\":0,\"dead\":1,\"left\":0,\"revoked\":0,\"max_guid\":7}");
    assertThat(status.get("links").asInt()).isEqualTo(1);
    assertThat(status.at("/messages/delivered").asInt()).isEqualTo(18);
    assertThat(status.has("proof")).isFalse();
  }

  @Test
  void nodeProvesThatItHoldsItsKey() throws Exception {
    JsonNode proof = ApiFixture.json(api.get("/api/v1/status?nonce=00112233AABBCCDD")).get("proof");

    assertThat(proof.get("nonce").asText()).isEqualTo("00112233aabbccdd");
    assertThat(proof.get("signature").asText()).isEqualTo("00112233aabbccdd00112233aabbccdd");
    assertThat(proof.at("/certificate/content").asText()).isEqualTo("7369676e6564");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "00112233445566", "0011223344556677f", "xx11223344556677"})
  void nonceOutOfFormIsRefused(String nonce) throws Exception {
    Problems.assertProblem(api.get("/api/v1/status?nonce=" + nonce), 400);
    Problems.assertProblem(api.get("/api/v1/status?nonce=" + "00".repeat(65)), 400);
  }

  @Test
  void unknownMemberIsNotFound() throws Exception {
    Problems.assertProblem(api.get("/api/v1/nodes/4"), 404);
    Problems.assertProblem(api.get("/api/v1/nodes/-4"), 400);
    Problems.assertProblem(api.get("/api/v1/nodes/99999999999999999999"), 400);
  }

  @Test
  void linkTellsWhatItIsForAndCarries() throws Exception {
    assertThat(api.get("/api/v1/links").body())
        .isEqualTo(
            "[{\"guid\":0,\"kind\":[\"primary\",\"neighbour\"],\"protocol\":2,\"rtt_ms\":1.235,"
                + "\"sent_bytes\":1000,\"received_bytes\":2000,\"queued_bytes\":30,"
                + "\"since_timestamp\":1795325523.482913}]");
  }

  @Test
  void syncTellsWhatItChanged() throws Exception {
    assertThat(api.post("/api/v1/sync").body())
        .isEqualTo("{\"peers\":2,\"batches\":3,\"records\":4}");
  }

  @Test
  void leavingTellsWhoHasLeft() throws Exception {
    assertThat(api.post("/api/v1/leave").body()).isEqualTo("{\"guid\":3}");
  }

  @Test
  void readinessIsWhatTheCallerAsksFor() throws Exception {
    assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
    assertThat(api.get("/readyz?min_peers=1&max_behind=4").statusCode()).isEqualTo(200);
    HttpResponse<String> lonely = api.get("/readyz?min_peers=2&max_behind=3");
    assertThat(lonely.statusCode()).isEqualTo(503);
    assertThat(ApiFixture.json(lonely).get("reasons")).hasSize(2);

    api.node.breakStore("disk full");

    HttpResponse<String> broken = api.get("/readyz");
    assertThat(broken.statusCode()).isEqualTo(503);
    assertThat(broken.body()).contains("disk full");
    assertThat(api.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void paperThatEndsSoonIsToldOfAndLeavesTheNodeReady() throws Exception {
    Instant now = Instant.now();
    api.node.willEnd(new Expiry("delegation", now.plusSeconds(100), now, "get another"));

    HttpResponse<String> answer = api.get("/readyz");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ApiFixture.json(answer).get("warnings").get(0).asText())
        .startsWith("the delegation of this node ends at ")
        .endsWith("get another");
    assertThat(api.get("/metrics").body())
        .containsPattern("pychain_delegation_expires_seconds \\d+\n");
  }

  @Test
  void paperThatEndsInAgesIsNotToldOf() throws Exception {
    Instant now = Instant.now();
    Instant end = now.plusSeconds(1_000);
    api.node.willEnd(new Expiry("delegation", end, end.minusSeconds(100), "get another"));

    assertThat(ApiFixture.json(api.get("/readyz")).get("warnings")).isEmpty();
  }

  @Test
  void priceOfJoiningIsShownWhereNewcomersJoin() throws Exception {
    assertThat(api.get("/metrics").body()).doesNotContain("pychain_admission_price");

    api.metrics.admissionPrice(() -> Optional.of(7));

    assertThat(api.get("/metrics").body().lines()).contains("pychain_admission_price 7");
  }

  @Test
  void metricsHaveTheirNamesAndValues() throws Exception {
    api.metrics.delivered(Duration.ofMillis(3));
    api.metrics.committed(Duration.ofNanos(300_000));
    api.metrics.invalidBatch();
    api.metrics.refused("wrong_network");

    HttpResponse<String> answer = api.get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body().lines())
        .contains(
            "pychain_info{version=\"0.1.0\",network=\"testing \\\"net\\\"\",guid=\"3\"} 1",
            "pychain_batches_received_total{result=\"new\"} 11",
            "pychain_batches_received_total{result=\"duplicate\"} 2",
            "pychain_batches_received_total{result=\"invalid\"} 2",
            "pychain_pushes_sent_total 13",
            "pychain_messages_delivered_total{via=\"push\"} 5",
            "pychain_messages_delivered_total{via=\"sync\"} 6",
            "pychain_messages_delivered_total{via=\"local\"} 7",
            "pychain_messages_published_total 0",
            "pychain_link_bytes_total{direction=\"sent\"} 1000",
            "pychain_link_bytes_total{direction=\"received\"} 2000",
            "pychain_links 1",
            "pychain_members{state=\"alive\"} 2",
            "pychain_members{state=\"dead\"} 1",
            "pychain_sync_rounds_total{result=\"completed\"} 8",
            "pychain_sync_rounds_total{result=\"failed\"} 9",
            "pychain_surveys_total{result=\"taken\"} 11",
            "pychain_surveys_total{result=\"refused\"} 12",
            "pychain_outbox_dropped_total 4",
            "pychain_refused_total{reason=\"wrong_network\"} 1",
            "pychain_delivery_delay_seconds_bucket{le=\"0.0025\"} 0",
            "pychain_delivery_delay_seconds_bucket{le=\"0.005\"} 1",
            "pychain_delivery_delay_seconds_bucket{le=\"+Inf\"} 1",
            "pychain_delivery_delay_seconds_sum 0.003",
            "pychain_delivery_delay_seconds_count 1",
            "pychain_commit_seconds_count 1");
    assertThat(api.get("/api/v1/metrics").statusCode()).isEqualTo(200);
  }
}
