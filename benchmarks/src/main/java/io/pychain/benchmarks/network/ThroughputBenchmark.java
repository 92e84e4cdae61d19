package io.pychain.benchmarks.network;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.NodeView.Counts;
import io.pychain.node.PychainNode;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Eight nodes with real sockets and disks, each publishing messages of 100 bytes as fast as it is
/// let, and a subscriber at each that counts what is delivered to it, durable.
public final class ThroughputBenchmark implements Benchmark {
  private static final int NODES = 8;
  private static final int MESSAGE_BYTES = 100;
  private static final long WARM_UP_NANOS = 5_000_000_000L;
  private static final long MEASURED_NANOS = 10_000_000_000L;

  /// Messages of one request, and requests under way at each node.
  private record Load(int messages, int requests) {}

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String what() {
    return "eight nodes in one process, 100-byte messages from all: deliveries and their cost";
  }

  @Override
  public void run(Report report) throws Exception {
    report.columns(
        "messages_per_request",
        "requests_each",
        "published_per_s",
        "deliveries_per_s",
        "cpu_us_per_delivery",
        "duplicates_per_new",
        "refused");
    for (Load load : List.of(new Load(1, 1_024), new Load(100, 64))) {
      measure(report, load);
    }
  }

  private static void measure(Report report, Load load) throws Exception {
    LongAdder delivered = new LongAdder();
    LongAdder published = new LongAdder();
    LongAdder refused = new LongAdder();
    AtomicBoolean stop = new AtomicBoolean();
    try (Cluster cluster = Cluster.start(NODES)) {
      for (PychainNode node : cluster.nodes()) {
        node.subscribe(0, _ -> delivered.increment());
        Thread.ofVirtual().start(() -> publish(node, load, stop, published, refused));
      }
      Thread.sleep(WARM_UP_NANOS / 1_000_000);
      long deliveredBefore = delivered.sum();
      long publishedBefore = published.sum();
      long cpu = cpuNanos();
      long begun = System.nanoTime();
      Thread.sleep(MEASURED_NANOS / 1_000_000);
      double seconds = (System.nanoTime() - begun) / 1e9;
      long deliveries = delivered.sum() - deliveredBefore;
      report.row(
          load.messages(),
          load.requests(),
          Math.round((published.sum() - publishedBefore) / seconds),
          Math.round(deliveries / seconds),
          (cpuNanos() - cpu) / 1e3 / deliveries,
          duplicates(cluster),
          refused.sum());
      stop.set(true);
    }
  }

  private static void publish(
      PychainNode node, Load load, AtomicBoolean stop, LongAdder published, LongAdder refused) {
    Message message = new Message("text/plain", Bytes.wrap(new byte[MESSAGE_BYTES]));
    List<Message> request = Collections.nCopies(load.messages(), message);
    Semaphore free = new Semaphore(load.requests());
    while (!stop.get()) {
      free.acquireUninterruptibly();
      var _ =
          node.publish(request)
              .whenComplete((answer, _) -> {
                free.release();
                if (answer instanceof Answer.Published) {
                  published.add(request.size());
                } else {
                  refused.increment();
                }
              });
    }
  }

  private static double duplicates(Cluster cluster) {
    List<Counts> counts = cluster.nodes().stream().map(node -> node.view().counts()).toList();
    long duplicate = counts.stream().mapToLong(Counts::batchesDuplicate).sum();
    return (double) duplicate / counts.stream().mapToLong(Counts::batchesNew).sum();
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
