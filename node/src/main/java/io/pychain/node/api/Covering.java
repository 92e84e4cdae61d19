package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import io.pychain.core.coverage.Coverage;
import io.pychain.core.failure.State;
import io.pychain.core.message.MessageId;
import io.pychain.core.ring.Guid;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.Node;
import io.pychain.node.Node.Inquiry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The calls that tell who has a message. Each asks the whole network, which is bounded by the
/// protocol; how many wait here at a time is bounded by `inquiriesMax`.
final class Covering {
  /// How long a question waits unless it says so.
  private static final Duration WAIT = Duration.ofSeconds(5);

  /// How long the protocol may be late with its answer.
  private static final Duration GRACE = Duration.ofSeconds(2);

  /// How often a stream looks whether more is known.
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ApiConfig.Limits limits;
  private final Node node;
  private final Deadlines deadlines;
  private final Semaphore places;

  Covering(ApiConfig.Limits limits, Node node, Deadlines deadlines) {
    this.limits = limits;
    this.node = node;
    this.deadlines = deadlines;
    this.places = new Semaphore(limits.inquiriesMax());
  }

  /// GET /messages/{id}/coverage
  Reply once(Request request) throws InterruptedException {
    Duration wait = request.seconds("wait", Node.COVERAGE_WAIT_MAX).orElse(WAIT);
    MessageId message = held(request);
    takePlace();
    try {
      Coverage coverage = end(node.survey(message, wait), wait).orElseThrow(() -> notHeld(message));
      return Reply.json(json -> {
        json.writeStartObject();
        writeCounts(json, coverage);
        json.writeEndObject();
      });
    } finally {
      places.release();
    }
  }

  /// GET /messages/{id}/coverage/stream
  void stream(Request request, HttpExchange exchange) throws IOException, InterruptedException {
    Duration wait = request.seconds("wait", Node.COVERAGE_WAIT_MAX).orElse(WAIT);
    MessageId message = held(request);
    if (exchange.getRequestMethod().equals("HEAD")) {
      begin(exchange, -1);
      return;
    }
    takePlace();
    try {
      begin(exchange, 0);
      follow(node.survey(message, wait), exchange.getResponseBody());
    } finally {
      places.release();
    }
  }

  /// Waits for what a publish has asked for. It is published whatever comes of this, so that where
  /// nothing can be found out, what this node knows is the answer: that it has it itself.
  Coverage after(MessageId published, Duration wait) throws InterruptedException {
    if (!places.tryAcquire()) {
      return ownOnly();
    }
    try {
      return end(node.survey(published, wait), wait).orElseGet(this::ownOnly);
    } catch (Problem unknown) {
      return ownOnly();
    } finally {
      places.release();
    }
  }

  static void writeCounts(JsonGenerator json, Coverage coverage) throws IOException {
    json.writeNumberField("reached", coverage.reached());
    json.writeNumberField("members", coverage.members());
    json.writeArrayFieldStart("missing");
    for (Guid guid : coverage.missing()) {
      json.writeNumber(guid.value());
    }
    json.writeEndArray();
  }

  private MessageId held(Request request) {
    MessageId message = Reading.id(request.segment(0));
    return StoreRead.of(() -> node.message(message))
        .map(DeliveredMessage::id)
        .orElseThrow(() -> notHeld(message));
  }

  private static Problem notHeld(MessageId message) {
    return Problem.notFound(
        "No message "
            + message
            + " is held here: it has not come, or is pruned. Ask at a node that holds it.");
  }

  private void takePlace() {
    if (!places.tryAcquire()) {
      throw Problem.unavailable(
          "There are " + limits.inquiriesMax() + " such questions already; ask again.", 1);
    }
  }

  private static Optional<Coverage> end(Inquiry inquiry, Duration wait)
      throws InterruptedException {
    try {
      return inquiry.end().get(wait.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return Optional.of(inquiry.known().orElseThrow(Covering::unanswered));
    } catch (ExecutionException failed) {
      throw unanswered();
    }
  }

  private static Problem unanswered() {
    return Problem.unavailable("The node cannot keep up, or is stopping; ask again.", 5);
  }

  private Coverage ownOnly() {
    Guid self = node.view().self().guid();
    List<Guid> others =
        node.view().members().stream()
            .filter(m -> m.state() != State.DEAD && m.state() != State.LEFT)
            .map(m -> m.record().guid())
            .filter(guid -> !guid.equals(self))
            .toList();
    return new Coverage(1, 1 + others.size(), others.stream().limit(Coverage.NAMED_MAX).toList());
  }

  private static void begin(HttpExchange exchange, int length) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    Gate.secure(exchange.getResponseHeaders());
    exchange.sendResponseHeaders(200, length);
  }

  private void follow(Inquiry inquiry, OutputStream out) throws IOException, InterruptedException {
    Optional<Coverage> told = Optional.empty();
    boolean done = false;
    while (!done) {
      done = endsWithin(inquiry, LOOK);
      Optional<Coverage> known = inquiry.known();
      if (known.isPresent() && (done || !known.equals(told))) {
        write(out, known.get(), done);
        told = known;
      }
    }
  }

  private static boolean endsWithin(Inquiry inquiry, Duration time) throws InterruptedException {
    try {
      inquiry.end().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      return true;
    }
  }

  private void write(OutputStream out, Coverage coverage, boolean done) throws IOException {
    String event =
        "data: "
            + Json.write(
                    json -> {
                      json.writeStartObject();
                      writeCounts(json, coverage);
                      json.writeBooleanField("done", done);
                      json.writeEndObject();
                    })
                .utf8()
            + "\n\n";
    try (var _ = deadlines.in(limits.writeTimeout())) {
      out.write(event.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }
}
