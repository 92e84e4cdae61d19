package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pychain.core.message.Certificate;
import io.pychain.core.protocol.Answer;
import io.pychain.node.Node;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The calls by which an operator makes the node do something.
final class Operating {
  private final ApiConfig.Limits limits;
  private final Node node;

  Operating(ApiConfig.Limits limits, Node node) {
    this.limits = limits;
    this.node = node;
  }

  /// POST /sync
  Reply sync(Request request) throws IOException, InterruptedException {
    request.body(0);
    try {
      Answer.Synced synced =
          node.sync().get(limits.syncTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return Reply.json(json -> {
        json.writeStartObject();
        json.writeNumberField("peers", synced.peers());
        json.writeNumberField("batches", synced.batches());
        json.writeNumberField("records", synced.records());
        json.writeEndObject();
      });
    } catch (TimeoutException slow) {
      throw Problem.unavailable("The round goes on; see \"sync\" in GET /status.", 5);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the sync round failed", failed.getCause());
    }
  }

  /// POST /key/rotate
  Reply rotateKey(Request request) throws IOException, InterruptedException {
    request.body(0);
    try {
      long patience = limits.syncTimeout().toMillis();
      return switch (node.rotateKey().get(patience, TimeUnit.MILLISECONDS)) {
        case Answer.Rotated(long _, Certificate next) -> Reply.json(json -> write(json, next));
        case Answer.NotRotated(long _, String reason) -> throw Problem.conflict(reason);
        case Answer _ -> throw new IllegalStateException("not asked");
      };
    } catch (TimeoutException slow) {
      throw Problem.unavailable(
          "No boot node has answered yet. The node goes on asking; ask again to see.", 5);
    } catch (ExecutionException failed) {
      throw Problem.unavailable("The node cannot keep up or is stopping.", 5);
    }
  }

  private static void write(JsonGenerator json, Certificate next) throws IOException {
    json.writeStartObject();
    json.writeNumberField("guid", next.guid().value());
    json.writeStringField("public_key", next.key().toString());
    json.writeNumberField("epoch", next.epoch());
    json.writeEndObject();
  }

  /// POST /leave
  Reply leave(Request request) throws IOException, InterruptedException {
    request.body(0);
    try {
      node.leave().get(limits.leaveTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      throw Problem.unavailable("The node is still leaving; it stops when it has left.", 5);
    } catch (ExecutionException failed) {
      throw Problem.unavailable("The node is stopping already.", 5);
    }
    return Reply.json(json -> {
      json.writeStartObject();
      json.writeNumberField("guid", node.view().self().guid().value());
      json.writeEndObject();
    });
  }
}
