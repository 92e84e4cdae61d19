package io.pychain.node.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.pychain.core.message.Bytes;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Where every request comes in and every answer goes out: checks who asks, finds the call, and
/// turns whatever goes wrong into a problem that the client can read.
final class Gate implements HttpHandler, AutoCloseable {
  /// Of a path so many characters are written down as what was asked.
  private static final int PATH_LENGTH_MAX = 200;

  /// Of an unwanted body so much is read and thrown away, in bytes, so that a client which sends
  /// first and reads then gets to see why it was refused.
  private static final int DISCARD_BYTES_MAX = 32 << 20;

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Guard guard;
  private final Router router;
  private final BodyReader bodies;
  private final Deadlines deadlines;
  private final ApiConfig.Limits limits;
  private final NodeMetrics metrics;
  private final Audit audit = new Audit();

  Gate(
      ApiConfig config,
      Router router,
      BodyReader bodies,
      Deadlines deadlines,
      NodeMetrics metrics) {
    this.guard = new Guard(config);
    this.router = router;
    this.bodies = bodies;
    this.deadlines = deadlines;
    this.limits = config.limits();
    this.metrics = metrics;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long begun = System.nanoTime();
    try (exchange) {
      serveOrRefuse(exchange);
      log(exchange, Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException brokenOff) {
      metrics.refused("api_broken_off");
      throw brokenOff;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      audit(exchange);
    }
  }

  /// Also of what was done and not answered, since the client was gone: status -1.
  private void audit(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (READS.contains(method)) {
      return;
    }
    String path = String.valueOf(exchange.getRequestURI().getRawPath());
    String asked = path.substring(0, Math.min(path.length(), PATH_LENGTH_MAX));
    String from = exchange.getRemoteAddress().getAddress().getHostAddress();
    var event = new Audit.Event(from, method, asked, exchange.getResponseCode());
    audit.note(System.nanoTime(), event);
  }

  /// Whoever was refused is written down; what went well is many and only of interest in detail.
  private static void log(HttpExchange exchange, Duration took) {
    int status = exchange.getResponseCode();
    LOG.atLevel(status < 400 ? Level.DEBUG : Level.INFO)
        .log(
            "method={} path={} status={} ms={} from={}",
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            status,
            took.toMillis(),
            exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private void serveOrRefuse(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      serve(exchange);
    } catch (Problem problem) {
      refuse(exchange, problem);
    } catch (RuntimeException fault) {
      LOG.error("event=api_fault path={}", exchange.getRequestURI().getPath(), fault);
      refuse(exchange, Problem.internal());
    }
  }

  private void serve(HttpExchange exchange) throws IOException, InterruptedException {
    Headers headers = exchange.getRequestHeaders();
    // A URI such as x:1 has no path.
    String path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
    Guard.checkFraming(headers);
    guard.checkHost(headers);
    if (exchange.getRequestMethod().equals("OPTIONS")) {
      exchange.getResponseHeaders().set("Allow", router.allowed(path));
      exchange.sendResponseHeaders(204, -1);
      return;
    }
    Router.Found found = router.find(exchange.getRequestMethod(), path);
    Route route = found.route();
    if (route.writes()) {
      guard.checkWrite(headers);
    }
    Request request = new Request(exchange, bodies, found.variables(), route.parameters());
    switch (route.handler()) {
      case Route.Answering answering -> send(exchange, answering.answer(request));
      case Route.Streaming streaming -> streaming.stream(request, exchange);
    }
  }

  private void refuse(HttpExchange exchange, Problem problem) throws IOException {
    metrics.refused("api_" + problem.status());
    if (exchange.getResponseCode() >= 0) {
      return;
    }
    discardBody(exchange);
    problem.headers().forEach(exchange.getResponseHeaders()::set);
    send(exchange, new Reply(problem.status(), Reply.PROBLEM, problem.body()));
  }

  private void discardBody(HttpExchange exchange) throws IOException {
    try (var _ = deadlines.in(limits.bodyTimeout())) {
      InputStream body = exchange.getRequestBody();
      body.skip(DISCARD_BYTES_MAX);
    }
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    Bytes body = reply.body();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.contentType());
    secure(headers);
    try (var _ = deadlines.in(limits.writeTimeout())) {
      if (exchange.getRequestMethod().equals("HEAD")) {
        headers.set("Content-Length", Integer.toString(body.length()));
        exchange.sendResponseHeaders(reply.status(), -1);
      } else {
        exchange.sendResponseHeaders(reply.status(), body.length());
        exchange.getResponseBody().write(body.array(), body.offset(), body.length());
        exchange.close();
      }
    }
  }

  /// What keeps a browser from making more of an answer than it is.
  static void secure(Headers headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  /// Writes down what is still to be.
  @Override
  public void close() {
    audit.close();
  }
}
