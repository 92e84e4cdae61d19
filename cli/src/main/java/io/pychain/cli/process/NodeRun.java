package io.pychain.cli.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.node.PychainNode;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.logs.Logs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process whose business is one node: from its settings until a signal, an order or a fault ends
/// it. SIGTERM and Ctrl-C stop it in order, also while it still tries to join.
public final class NodeRun {
  /// How long a signal waits for a start that it has interrupted.
  private static final Duration START_GRACE = Duration.ofSeconds(5);

  /// How long a signal waits for the node to have left.
  private static final Duration LEAVE_GRACE = Duration.ofSeconds(3);

  private final NodeConfig config;
  private final PrintWriter out;
  private final boolean json;
  private volatile boolean stopping;
  private final CompletableFuture<Optional<PychainNode>> started = new CompletableFuture<>();

  /// @param out where it tells that it is ready
  /// @param json whether in JSON
  public NodeRun(NodeConfig config, PrintWriter out, boolean json) {
    this.config = config;
    this.out = out;
    this.json = json;
  }

  /// Runs the node until it ends by itself or by an order; a signal ends the process from within.
  ///
  /// @throws CommandFailure if it cannot start, or stopped through a fault
  public int run() throws CommandFailure, InterruptedException {
    Logs logs = openLogs();
    Thread starter = Thread.currentThread();
    Thread stopper = Thread.ofPlatform().name("stop").unstarted(() -> stop(starter, logs));
    Runtime.getRuntime().addShutdownHook(stopper);
    try {
      PychainNode node = PychainNode.start(config);
      started.complete(Optional.of(node));
      tellReady(node);
      node.ended().get();
      return CommandFailure.DONE;
    } catch (IOException e) {
      if (stopping) {
        return CommandFailure.DONE;
      }
      throw critical("event=start_failed", e);
    } catch (ExecutionException e) {
      throw critical("event=node_failed", e.getCause() == null ? e : e.getCause());
    } finally {
      started.complete(Optional.empty());
    }
  }

  private Logs openLogs() throws CommandFailure {
    try {
      return Logs.open(config.logDir(), config.logLevel());
    } catch (IOException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()));
    }
  }

  private String scheme() {
    return config.apiTls().isPresent() ? "https://" : "http://";
  }

  private void tellReady(PychainNode node) {
    ObjectNode ready = Json.object();
    ready.put("guid", node.view().self().guid().value());
    Optional<String> api =
        config
            .apiListen()
            .map(listen -> scheme() + new Endpoint(listen.host(), node.apiPort().orElse(0)));
    String peer = new Endpoint(config.peerListen().host(), node.peerPort()).toString();
    ready.put("api", api.orElse(null)).put("peer", peer);
    out.println(
        json
            ? Json.line(ready)
            : "ready guid=%s api=%s peer=%s"
                .formatted(ready.path("guid").asText(), api.orElse("none"), peer));
    out.flush();
  }

  /// What the world refuses is told by its message; a fault of ours needs its trace, in the log.
  private static CommandFailure critical(String event, Throwable thrown) {
    Logger log = LoggerFactory.getLogger(NodeRun.class);
    String reason = String.valueOf(thrown.getMessage());
    switch (thrown) {
      case InterruptedIOException _ -> log.info("{} reason={}", event, reason);
      case IOException _ -> log.error(Logs.CRITICAL, "{} reason={}", event, reason);
      default -> log.error(Logs.CRITICAL, "{} reason={}", event, reason, thrown);
    }
    return CommandFailure.failed(reason);
  }

  /// Whoever is told to stop leaves; whoever cannot leave in time stops all the same.
  private static void leave(PychainNode node) {
    try {
      node.leave().get(LEAVE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      // It has left already, or the others will notice that it is gone.
    }
    node.close();
  }

  private void stop(Thread starter, Logs logs) {
    stopping = true;
    if (!started.isDone()) {
      starter.interrupt();
    }
    try {
      started.get(START_GRACE.toMillis(), TimeUnit.MILLISECONDS).ifPresent(NodeRun::leave);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      // The process ends all the same.
    }
    logs.close();
  }
}
