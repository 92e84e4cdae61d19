package io.pychain.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A node's API as far as a test says: an answer for each call, and what was asked.
final class FakeApi implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();

  /// What was asked, in order.
  final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  record Asked(String call, String contentType, String authorization, String body) {}

  private record Answer(int status, String contentType, String body) {}

  FakeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Answers this call so, once; the last answer to a call stays.
  FakeApi on(String call, int status, String body) {
    return on(call, status, "application/json", body);
  }

  FakeApi on(String call, int status, String contentType, String body) {
    answers
        .computeIfAbsent(call, _ -> new ConcurrentLinkedQueue<>())
        .add(new Answer(status, contentType, body));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        new Asked(
            call,
            String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            body));
    Queue<Answer> queue = answers.getOrDefault(call, new ConcurrentLinkedQueue<>());
    Answer answer = queue.size() > 1 ? queue.remove() : queue.peek();
    if (answer == null) {
      answer = new Answer(404, "application/json", "{\"title\":\"no such call: " + call + "\"}");
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
