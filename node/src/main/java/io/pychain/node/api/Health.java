package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pychain.core.protocol.NodeView;
import io.pychain.node.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The probes of whoever supervises the process.
final class Health {
  private final Node node;

  Health(Node node) {
    this.node = node;
  }

  /// GET /livez: the process answers, which is all it says.
  Reply alive(Request request) {
    return reply(200, "alive", List.of(), List.of());
  }

  /// GET /readyz: takes publishes, and is as well connected and as far as the caller wants.
  Reply ready(Request request) {
    Optional<Long> minPeers = request.number("min_peers", 0, Integer.MAX_VALUE);
    Optional<Long> maxBehind = request.number("max_behind", 0, Reading.OFFSET_MAX);
    NodeView view = node.view();
    List<String> reasons = new ArrayList<>();
    view.storeFault().ifPresent(fault -> reasons.add("the store takes no writes: " + fault));
    view.publishingHeld().ifPresent(reason -> reasons.add("publishing waits: " + reason));
    int peers = view.links().size();
    minPeers
        .filter(min -> peers < min)
        .ifPresent(min -> reasons.add("linked to " + peers + " peers, wanted " + min));
    maxBehind
        .filter(max -> view.behind() > max)
        .ifPresent(max -> reasons.add(view.behind() + " messages behind, allowed " + max));
    return reply(reasons.isEmpty() ? 200 : 503, "ready", reasons, warnings(Instant.now()));
  }

  /// What will be wrong one day, and is not yet.
  private List<String> warnings(Instant now) {
    return node.expiries().stream()
        .filter(expiry -> expiry.isNear(now))
        .map(expiry -> expiry.warning(now))
        .toList();
  }

  private static Reply reply(int status, String word, List<String> reasons, List<String> warnings) {
    String contentType = status == 200 ? Reply.JSON : Reply.PROBLEM;
    return new Reply(
        status, contentType, Json.write(json -> write(json, status, word, reasons, warnings)));
  }

  private static void write(
      JsonGenerator json, int status, String word, List<String> reasons, List<String> warnings)
      throws IOException {
    json.writeStartObject();
    if (status == 200) {
      json.writeStringField("status", word);
    } else {
      json.writeStringField("title", "Not " + word);
      json.writeNumberField("status", status);
      json.writeStringField("detail", String.join("; ", reasons));
    }
    write(json, "reasons", reasons);
    write(json, "warnings", warnings);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
