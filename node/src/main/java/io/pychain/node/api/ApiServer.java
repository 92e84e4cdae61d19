package io.pychain.node.api;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.pychain.node.Node;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// The HTTP API of one node, from [#start] until [#close].
///
/// ```
///   socket ─► JDK server ─► Gate ─► Router ─► one of Publishing, Reading, …  ─► Node
///             (one virtual   (host, token,                     (checks what it is given,
///              thread each)   problems)                         answers Reply or Problem)
/// ```
public final class ApiServer implements AutoCloseable {
  /// Connections that wait to be accepted.
  private static final int BACKLOG = 128;

  /// Longest wait for answers that are being written.
  private static final int STOP_SECONDS = 1;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Deadlines deadlines;
  private final Gate gate;

  private ApiServer(HttpServer server, ExecutorService threads, Deadlines deadlines, Gate gate) {
    this.server = server;
    this.threads = threads;
    this.deadlines = deadlines;
    this.gate = gate;
  }

  /// Listens and serves.
  ///
  /// @param node what is served; its methods are called by many threads at once
  /// @param metrics what the node's rooms report; refused requests are counted there too
  /// @throws IOException if the address cannot be listened on, saying which
  public static ApiServer start(ApiConfig config, Node node, NodeMetrics metrics)
      throws IOException {
    ServerLimits.apply();
    HttpServer server = listen(config);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());
    Deadlines deadlines = new Deadlines();
    Router router = new Router(Routes.of(config, node, metrics, deadlines));
    Gate gate =
        new Gate(config, router, new BodyReader(deadlines, config.limits()), deadlines, metrics);
    Readers readers = new Readers(threads, deadlines, config.limits().headersTimeout());
    server.setExecutor(readers);
    server.createContext(
        "/",
        exchange -> {
          readers.haveRead();
          gate.handle(exchange);
        });
    server.start();
    return new ApiServer(server, threads, deadlines, gate);
  }

  private static HttpServer listen(ApiConfig config) throws IOException {
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    if (address.isUnresolved()) {
      throw new IOException("API_LISTEN names an unknown host: " + config.host());
    }
    Optional<SSLContext> tls =
        config.tls().isPresent() ? Optional.of(ApiTls.of(config.tls().get())) : Optional.empty();
    try {
      return tls.isPresent() ? secured(address, tls.get()) : HttpServer.create(address, BACKLOG);
    } catch (IOException taken) {
      throw new IOException(
          "cannot listen on API_LISTEN "
              + config.host()
              + ":"
              + config.port()
              + ": "
              + taken.getMessage(),
          taken);
    }
  }

  private static HttpServer secured(InetSocketAddress address, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  /// The port that it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Stops taking connections, lets answers that are being written end, and closes what is open.
  @Override
  public void close() {
    server.stop(STOP_SECONDS);
    threads.shutdownNow();
    deadlines.close();
    gate.close();
  }
}
