package io.pychain.node.api;

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
