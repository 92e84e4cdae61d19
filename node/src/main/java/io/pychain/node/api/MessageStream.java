package io.pychain.node.api;

import com.sun.net.httpserver.HttpExchange;
import io.pychain.core.message.Bytes;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.Node;
import io.pychain.node.Node.Subscription;
import io.pychain.node.metrics.NodeMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Messages as server-sent events, from an offset on and then as they come.
///
/// ```
///   store ─► subscription's thread ─► [HANDOVER_MAX] ─► this connection's thread ─► socket
///            (waits when full)                          (cut off after writeTimeout)
/// ```
///
/// Nothing is buffered for a slow reader but the few messages handed over: its subscription waits,
/// and reads on from the store. A reader that takes nothing at all is cut off, and resumes with the
/// `Last-Event-ID` that every client of such streams sends by itself.
final class MessageStream implements Route.Streaming {
  /// Messages between the two threads, so that neither waits for the other at every single one.
  private static final int HANDOVER_MAX = 16;

  /// And their bytes, unless one alone has more.
  private static final int HANDOVER_BYTES_MAX = 64 << 10;

  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final ApiConfig.Limits limits;
  private final Node node;
  private final NodeMetrics metrics;
  private final Deadlines deadlines;
  private final Semaphore places;

  MessageStream(ApiConfig.Limits limits, Node node, NodeMetrics metrics, Deadlines deadlines) {
    this.limits = limits;
    this.node = node;
    this.metrics = metrics;
    this.deadlines = deadlines;
    this.places = new Semaphore(limits.streamsMax());
  }

  @Override
  public void stream(Request request, HttpExchange exchange)
      throws IOException, InterruptedException {
    long after = after(request);
    if (exchange.getRequestMethod().equals("HEAD")) {
      begin(exchange, -1);
      return;
    }
    if (!places.tryAcquire()) {
      throw Problem.unavailable(
          "There are " + limits.streamsMax() + " streams already; close one or read pages.", 5);
    }
    try {
      begin(exchange, 0);
      follow(after, exchange.getResponseBody());
    } finally {
      places.release();
    }
  }

  /// The client's last event, which it sends by itself when it reconnects, before what it asked for
  /// at first.
  private static long after(Request request) {
    return request
        .header("Last-Event-ID")
        .map(id -> Request.number("Last-Event-ID", id, 0, Reading.OFFSET_MAX))
        .or(() -> request.number("after", 0, Reading.OFFSET_MAX))
        .orElse(0L);
  }

  private static void begin(HttpExchange exchange, int length) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    Gate.secure(exchange.getResponseHeaders());
    exchange.sendResponseHeaders(200, length);
  }

  private void follow(long after, OutputStream out) throws IOException, InterruptedException {
    Handover handover = new Handover();
    write(out, COMMENT);
    try (Subscription subscription = node.subscribe(after, handover::put)) {
      while (subscription.isOpen()) {
        write(out, handover.take(limits.keepAliveInterval()));
      }
    } finally {
      handover.end();
    }
  }

  private void write(OutputStream out, byte[] bytes) throws IOException {
    try (var _ = deadlines.in(limits.writeTimeout())) {
      out.write(bytes);
      out.flush();
    } catch (IOException gone) {
      metrics.refused("api_stream_broken_off");
      throw gone;
    }
  }

  /// From the subscription's thread to the connection's. Empty, it takes a message of any length.
  private static final class Handover {
    private final ArrayDeque<DeliveredMessage> queue = new ArrayDeque<>();
    private long bytes;
    private boolean ended;

    /// Waits until the reader is ready for one more.
    synchronized void put(DeliveredMessage message) {
      int length = message.message().data().length();
      try {
        while (!ended && !queue.isEmpty() && isFull(length)) {
          wait();
        }
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new CancellationException("the subscription is being closed");
      }
      if (ended) {
        throw new CancellationException("the reader has gone");
      }
      queue.add(message);
      bytes += length;
      notifyAll();
    }

    private boolean isFull(int more) {
      return queue.size() >= HANDOVER_MAX || bytes + more > HANDOVER_BYTES_MAX;
    }

    /// Everything that is there, or a comment if nothing comes for so long.
    byte[] take(Duration patience) throws InterruptedException {
      List<DeliveredMessage> messages = await(patience);
      if (messages.isEmpty()) {
        return COMMENT;
      }
      ByteArrayOutputStream events = new ByteArrayOutputStream();
      messages.forEach(message -> writeEvent(events, message));
      return events.toByteArray();
    }

    private synchronized List<DeliveredMessage> await(Duration patience)
        throws InterruptedException {
      long deadline = System.nanoTime() + patience.toNanos();
      long left = patience.toNanos();
      while (queue.isEmpty() && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
      List<DeliveredMessage> messages = List.copyOf(queue);
      queue.clear();
      bytes = 0;
      notifyAll();
      return messages;
    }

    synchronized void end() {
      ended = true;
      notifyAll();
    }
  }

  /// An event is lines: a line end inside the JSON, which can only be white space between its
  /// tokens, begins another `data:` line, and the client puts them together again.
  private static void writeEvent(ByteArrayOutputStream events, DeliveredMessage message) {
    Bytes json = Json.write(generator -> MessageJson.write(generator, message));
    events.writeBytes(("id: " + message.offset() + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < json.length(); i++) {
      byte b = json.at(i);
      if (b == '\n') {
        events.writeBytes("\ndata: ".getBytes(StandardCharsets.US_ASCII));
      } else {
        events.write(b == '\r' ? ' ' : b);
      }
    }
    events.write('\n');
    events.write('\n');
  }
}
