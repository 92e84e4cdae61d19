package io.pychain.node.api;

import com.sun.net.httpserver.Headers;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.net.URI;

/// The API behind the HTTP server: requests as objects, to a node in memory.
public final class FuzzedApi implements AutoCloseable {
  /// What writing needs, as a header.
  public static final String TOKEN = "Bearer " + ApiFixture.TOKEN;

  private final FakeNode node = new FakeNode();
  private final Deadlines deadlines = new Deadlines();
  private final Gate gate;

  public FuzzedApi() {
    var token = ApiToken.of(ApiFixture.TOKEN);
    var config =
        ApiConfig.of("127.0.0.1", 0, token, ApiFixture.MESSAGE_BYTES_MAX, ApiConfig.Limits.DEFAULT);
    NodeMetrics metrics = new NodeMetrics();
    Router router = new Router(Routes.of(config, node, metrics, deadlines));
    this.gate =
        new Gate(config, router, new BodyReader(deadlines, config.limits()), deadlines, metrics);
    node.reachEverybody();
  }

  /// The status of the answer.
  ///
  /// @throws IOException if there is none, since the connection was broken off
  public int request(String method, URI uri, Headers headers, byte[] body) throws IOException {
    FakeExchange exchange = new FakeExchange(method, uri, headers, body);
    gate.handle(exchange);
    return exchange.getResponseCode();
  }

  /// How many messages have been published.
  public int published() {
    return node.delivered().size();
  }

  @Override
  public void close() {
    deadlines.close();
  }
}
