package io.pychain.node.api;

import io.pychain.node.Node;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;

/// The HTTP API of one node, from [#start] until [#close].
public final class ApiServer implements AutoCloseable {
  private ApiServer() {}

  /// Listens and serves.
  ///
  /// @param node what is served; its methods are called by many threads at once
  /// @param metrics what the node's rooms report; refused requests are counted there too
  /// @throws IOException if the address cannot be listened on, saying which
  public static ApiServer start(ApiConfig config, Node node, NodeMetrics metrics)
      throws IOException {
    throw new IOException(
        "not served yet on " + config.host() + " at " + node.started() + metrics.refused());
  }

  /// The port that it listens on.
  public int port() {
    throw new IllegalStateException();
  }

  /// Stops taking connections, ends the streams, and closes what is open.
  @Override
  public void close() {}
}
