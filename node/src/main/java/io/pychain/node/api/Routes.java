package io.pychain.node.api;

import io.pychain.core.message.Bytes;
import io.pychain.node.Node;
import io.pychain.node.metrics.NodeMetrics;
import io.pychain.node.metrics.PrometheusText;
import java.util.List;

/// Every call of the API. What is here is also in `openapi.yaml`, which a test compares.
final class Routes {
  /// Where the calls lie; probes and metrics also lie where operators look for them, at the root.
  static final String ROOT = "/api/v1";

  private Routes() {}

  static List<Route> of(ApiConfig config, Node node, NodeMetrics metrics, Deadlines deadlines) {
    Inspecting inspecting = new Inspecting(config, node);
    Covering covering = new Covering(config.limits(), node, deadlines);
    Publishing publishing = new Publishing(config, node, covering);
    Reading reading = new Reading(node);
    MessageStream stream = new MessageStream(config.limits(), node, metrics, deadlines);
    Operating operating = new Operating(config.limits(), node);
    Banning banning = new Banning(config.limits(), node);
    Governing governing = new Governing(config.limits(), node);
    Health health = new Health(node);
    Route.Answering text = _ -> metricsText(node, metrics);
    return List.of(
        Route.get(ROOT + "/status", inspecting::status, "nonce"),
        Route.get(ROOT + "/capabilities", inspecting::capabilities),
        Route.get(ROOT + "/nodes", inspecting::nodes),
        Route.get(ROOT + "/nodes/{guid}", inspecting::node),
        Route.get(ROOT + "/links", inspecting::links),
        Route.put(ROOT + "/broadcast", publishing::one, "wait"),
        Route.post(ROOT + "/broadcast/bulk", publishing::bulk, "wait"),
        Route.get(ROOT + "/messages", reading::page, "after", "limit", "origin"),
        Route.stream(ROOT + "/messages/stream", stream, "after"),
        Route.get(ROOT + "/messages/{id}", reading::one),
        Route.get(ROOT + "/messages/{id}/coverage", covering::once, "wait"),
        Route.stream(ROOT + "/messages/{id}/coverage/stream", covering::stream, "wait"),
        Route.get(ROOT + "/parameters", governing::show),
        Route.put(ROOT + "/parameters", governing::layDown),
        Route.post(ROOT + "/sync", operating::sync),
        Route.post(ROOT + "/key/rotate", operating::rotateKey),
        Route.post(ROOT + "/leave", operating::leave),
        Route.get(ROOT + "/bans", banning::list),
        Route.put(ROOT + "/bans/{guid}", banning::ban, "force"),
        Route.delete(ROOT + "/bans/{guid}", banning::unban),
        Route.get(ROOT + "/openapi.yaml", _ -> OpenApi.reply()),
        Route.get(ROOT + "/metrics", text),
        Route.get("/metrics", text),
        Route.get("/livez", health::alive),
        Route.get("/readyz", health::ready, "min_peers", "max_behind"));
  }

  private static Reply metricsText(Node node, NodeMetrics metrics) {
    String text = PrometheusText.of(node, metrics);
    return Reply.of(PrometheusText.CONTENT_TYPE, Bytes.utf8(text));
  }
}
