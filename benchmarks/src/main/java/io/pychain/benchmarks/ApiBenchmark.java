package io.pychain.benchmarks;

import io.pychain.node.PychainNode;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// How many messages a second a node takes over HTTP, each answered once it is durable.
///
/// A boot node on its own and its clients share this process and its CPUs; every connection is kept
/// open and sends the next message when it has the answer to the one before.
final class ApiBenchmark implements Benchmark {
  private static final int[] CONNECTIONS = {1, 8, 64};
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final String BODY = "{\"data\":{\"sensor\":\"roof-17\",\"celsius\":21.5}}";

  @Override
  public String name() {
    return "api";
  }

  @Override
  public String what() {
    return "PUT /broadcast over kept connections, durable: messages/s and time to the answer in ms";
  }

  @Override
  public void run(Report report) throws Exception {
    Path folder = Files.createTempDirectory("pychain-bench-api");
    NodeConfig config =
        NodeConfig.builder()
            .role(NodeConfig.Role.BOOT)
            .storageDir(folder)
            .peerListen(new Endpoint("127.0.0.1", 0))
            .apiListen(Optional.of(new Endpoint("127.0.0.1", 0)))
            .build();
    try (PychainNode node = PychainNode.start(config)) {
      byte[] request = request(Files.readString(folder.resolve("api-token")).strip());
      int port = node.apiPort().orElseThrow();
      report.columns("connections", "per_second", "p50_ms", "p99_ms", "max_ms");
      load(port, request, CONNECTIONS[CONNECTIONS.length - 1], WARM_UP);
      for (int connections : CONNECTIONS) {
        long[] nanos = load(port, request, connections, MEASURED);
        report.row(
            connections,
            nanos.length / (double) MEASURED.toSeconds(),
            quantile(nanos, 0.5),
            quantile(nanos, 0.99),
            quantile(nanos, 1));
      }
    } finally {
      delete(folder);
    }
  }

  private static byte[] request(String token) {
    String head =
        "PUT /api/v1/broadcast HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    String rest = "Authorization: Bearer " + token + "\r\nContent-Length: " + BODY.length();
    return (head + rest + "\r\n\r\n" + BODY).getBytes(StandardCharsets.US_ASCII);
  }

  /// @return how long each request took, in nanoseconds, in rising order
  private static long[] load(int port, byte[] request, int connections, Duration duration)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + duration.toNanos();
    List<Future<long[]>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        clients.add(threads.submit(() -> publishUntil(end, port, request)));
      }
    }
    LongStream all = LongStream.empty();
    for (Future<long[]> client : clients) {
      all = LongStream.concat(all, Arrays.stream(client.get()));
    }
    return all.sorted().toArray();
  }

  private static long[] publishUntil(long end, int port, byte[] request) throws IOException {
    List<Long> nanos = new ArrayList<>();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      byte[] answer = new byte[4_096];
      for (long start = System.nanoTime(); start < end; ) {
        socket.getOutputStream().write(request);
        readAnswer(socket.getInputStream(), answer);
        long now = System.nanoTime();
        nanos.add(now - start);
        start = now;
      }
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  /// Reads one answer, whose body is a JSON object without another one inside.
  private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
    int length = 0;
    while (length == 0 || buffer[length - 1] != '}') {
      int read = in.read(buffer, length, buffer.length - length);
      if (read <= 0) {
        throw new IOException("the node closed the connection");
      }
      length += read;
    }
    String answer = new String(buffer, 0, length, StandardCharsets.US_ASCII);
    if (!answer.startsWith("HTTP/1.1 201 ")) {
      throw new IOException(answer);
    }
  }

  private static double quantile(long[] rising, double part) {
    return rising[(int) Math.min(rising.length - 1, part * rising.length)] / 1e6;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
