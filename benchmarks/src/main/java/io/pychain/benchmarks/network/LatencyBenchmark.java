package io.pychain.benchmarks.network;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.node.PychainNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// Five nodes, one message every 20 ms from each in turn: how long from the call of `publish` until
/// the last of the five has handed the message, durable there, to a subscriber.
public final class LatencyBenchmark implements Benchmark {
  private static final int NODES = 5;
  private static final int WARM_UP = 200;
  private static final int MESSAGES = 300;
  private static final long INTERVAL_NANOS = 20_000_000;
  private static final String TYPE = "application/x-latency";

  private final AtomicLongArray published = new AtomicLongArray(WARM_UP + MESSAGES);
  private final AtomicLongArray durable = new AtomicLongArray(WARM_UP + MESSAGES);
  private final AtomicLongArray everywhere = new AtomicLongArray(WARM_UP + MESSAGES);
  private final AtomicIntegerArray reached = new AtomicIntegerArray(WARM_UP + MESSAGES);

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String what() {
    return "five nodes, a message every 20 ms: until acknowledged, until delivered everywhere";
  }

  @Override
  public void run(Report report) throws Exception {
    try (Cluster cluster = Cluster.start(NODES)) {
      for (PychainNode node : cluster.nodes()) {
        node.subscribe(0, delivered -> arrived(delivered.message()));
      }
      publishInTurn(cluster.nodes());
      cluster.await(() -> reached.get(WARM_UP + MESSAGES - 1) == NODES);
    }
    report.columns("what", "messages", "p50_ms", "p99_ms", "max_ms");
    row(report, "durable at the origin", durable);
    row(report, "delivered everywhere", everywhere);
  }

  private void publishInTurn(List<PychainNode> nodes) throws InterruptedException {
    long begun = System.nanoTime();
    for (int i = 0; i < WARM_UP + MESSAGES; i++) {
      int number = i;
      long wait = begun + i * INTERVAL_NANOS - System.nanoTime();
      Thread.sleep(Math.max(0, wait / 1_000_000), (int) Math.max(0, wait % 1_000_000));
      published.set(number, System.nanoTime());
      var message = new Message(TYPE, Bytes.utf8(Integer.toString(number)));
      var _ =
          nodes
              .get(i % NODES)
              .publish(List.of(message))
              .thenRun(() -> durable.set(number, System.nanoTime()));
    }
  }

  private void arrived(Message message) {
    if (message.contentType().equals(TYPE)) {
      int number = Integer.parseInt(message.data().utf8());
      if (reached.incrementAndGet(number) == NODES) {
        everywhere.set(number, System.nanoTime());
      }
    }
  }

  private void row(Report report, String what, AtomicLongArray end) {
    List<Double> millis =
        IntStream.range(WARM_UP, WARM_UP + MESSAGES)
            .filter(i -> reached.get(i) == NODES)
            .mapToObj(i -> (end.get(i) - published.get(i)) / 1e6)
            .sorted()
            .toList();
    int count = millis.size();
    report.row(what, count, millis.get(count / 2), millis.get(count * 99 / 100), millis.getLast());
  }
}
