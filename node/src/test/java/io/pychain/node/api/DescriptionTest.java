package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.node.metrics.NodeMetrics;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds `openapi.yaml` to what is served, in both directions.
class DescriptionTest {
  private ApiFixture api;
  private JsonNode description;

  @BeforeEach
  void start() throws Exception {
    api = new ApiFixture();
    description = new YAMLMapper().readTree(api.get("/api/v1/openapi.yaml").body());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void everyCallIsDescribedAndEveryDescribedCallExists() {
    TreeSet<String> described = new TreeSet<>();
    description
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(call ->
                    described.add(call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(described)
        .isEqualTo(new TreeSet<>(routes().stream().map(r -> r.method() + " " + r.path()).toList()));
  }

  @Test
  void queryParametersAreThoseDescribed() {
    for (Route route : routes()) {
      TreeSet<String> described = new TreeSet<>();
      for (JsonNode parameter : operation(route).path("parameters")) {
        JsonNode resolved = resolve(parameter);
        if (resolved.get("in").asText().equals("query")) {
          described.add(resolved.get("name").asText());
        }
      }
      assertThat(described).as(route.path()).isEqualTo(new TreeSet<>(route.parameters()));
    }
  }

  @Test
  void answersHaveExactlyTheDescribedProperties() throws Exception {
    api.put(ApiFixture.JSON, "{\"data\":{\"free\":[1]}}");
    api.node.receive(new Message("image/png", Bytes.fromHex("00")));
    String base = "/api/v1";

    check(api.get(base + "/status?nonce=0011223344556677"), "get", base + "/status");
    check(api.get(base + "/capabilities"), "get", base + "/capabilities");
    check(api.get(base + "/nodes"), "get", base + "/nodes");
    check(api.get(base + "/nodes/7"), "get", base + "/nodes/{guid}");
    check(api.get(base + "/links"), "get", base + "/links");
    check(api.get(base + "/messages"), "get", base + "/messages");
    check(api.get(base + "/messages/3:1:1"), "get", base + "/messages/{id}");
    String coverage = base + "/messages/{id}/coverage";
    check(api.get(base + "/messages/3:1:1/coverage?wait=0"), "get", coverage);
    check(api.put(ApiFixture.JSON, "{\"data\":1}"), "put", base + "/broadcast");
    check(api.bulk("{\"data\":1}"), "post", base + "/broadcast/bulk");
    for (String method : List.of("PUT /broadcast", "POST /broadcast/bulk")) {
      String path = base + method.replaceAll(".* ", "");
      String name = method.replaceAll(" .*", "");
      BodyPublisher body = BodyPublishers.ofString("{\"data\":1}");
      HttpResponse<String> answer = api.write(name, path + "?wait=0", ApiFixture.JSON, body);
      assertThat(ApiFixture.json(answer).has("coverage")).isTrue();
      check(answer, name.toLowerCase(Locale.ROOT), path);
    }
    check(api.post(base + "/sync"), "post", base + "/sync");
    check(api.get(base + "/parameters"), "get", base + "/parameters");
    check(api.get("/livez"), "get", "/livez");
    check(api.get("/readyz"), "get", "/readyz");
  }

  @Test
  void refusalsAreDescribed() throws Exception {
    String base = "/api/v1";
    check(api.put(ApiFixture.JSON, "{"), "put", base + "/broadcast");
    check(api.put("text/plain", "x".repeat(200_000)), "put", base + "/broadcast");
    check(api.bulk("{"), "post", base + "/broadcast/bulk");
    check(api.post(base + "/leave"), "post", base + "/leave");
    api.node.limit(Duration.ofSeconds(1));
    check(api.put(ApiFixture.JSON, "{\"data\":1}"), "put", base + "/broadcast");
    check(api.bulk("{\"data\":1}"), "post", base + "/broadcast/bulk");
    check(api.get(base + "/nodes/9"), "get", base + "/nodes/{guid}");
    check(api.get(base + "/nodes/x"), "get", base + "/nodes/{guid}");
    check(api.get(base + "/messages/9:9:9"), "get", base + "/messages/{id}");
    String coverage = base + "/messages/{id}/coverage";
    check(api.get(base + "/messages/9:9:9/coverage"), "get", coverage);
    check(api.get(base + "/messages/9:9:9/coverage?wait=x"), "get", coverage);
    check(api.get(base + "/messages/9:9:9/coverage/stream"), "get", coverage + "/stream");
    check(api.get("/readyz?min_peers=9"), "get", "/readyz");
    check(api.get("/livez?x=1"), "get", "/livez");
  }

  private List<Route> routes() {
    ApiConfig config =
        ApiConfig.of("localhost", 0, ApiToken.of(ApiFixture.TOKEN), 1, ApiConfig.Limits.DEFAULT);
    try (Deadlines deadlines = new Deadlines()) {
      return Routes.of(config, api.node, new NodeMetrics(), deadlines);
    }
  }

  private JsonNode operation(Route route) {
    return description.get("paths").get(route.path()).get(route.method().toLowerCase(Locale.ROOT));
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? description.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void check(HttpResponse<String> answer, String method, String path) throws Exception {
    String status = Integer.toString(answer.statusCode());
    JsonNode responses = description.get("paths").get(path).get(method).get("responses");
    assertThat(responses.has(status)).as(method + " " + path + " answers " + status).isTrue();
    String contentType = answer.headers().firstValue("Content-Type").orElse("");
    JsonNode content = resolve(responses.get(status)).get("content").get(contentType);
    assertThat(content).as(path + " " + status + " as " + contentType).isNotNull();
    checkValue(ApiFixture.json(answer), resolve(content.get("schema")), path);
  }

  /// Compares a value with its schema: the properties of objects, the items of arrays.
  private void checkValue(JsonNode value, JsonNode schema, String where) {
    if (value.isArray() && schema.has("items")) {
      value.forEach(item -> checkValue(item, resolve(schema.get("items")), where + "[]"));
    }
    if (!value.isObject() || !schema.has("properties")) {
      return;
    }
    JsonNode properties = schema.get("properties");
    for (JsonNode required : schema.get("required")) {
      assertThat(value.has(required.asText())).as(where + "." + required.asText()).isTrue();
    }
    value
        .properties()
        .forEach(property -> {
          String name = where + "." + property.getKey();
          assertThat(properties.has(property.getKey())).as(name).isTrue();
          checkValue(property.getValue(), resolve(properties.get(property.getKey())), name);
        });
  }
}
