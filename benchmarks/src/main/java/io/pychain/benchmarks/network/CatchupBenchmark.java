package io.pychain.benchmarks.network;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.protocol.Stored.LogEnd;
import io.pychain.node.PychainNode;
import io.pychain.node.store.Store;
import io.pychain.node.store.StoreConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// A newcomer in a network of four nodes that hold 100,000 messages of 200 bytes: how long until it
/// holds them too, durable and delivered, and how long a store alone takes to write the same.
///
/// Messages of one request share a signature, which the newcomer verifies. Where each has its own,
/// verifying is what takes the time, not the disk.
public final class CatchupBenchmark implements Benchmark {
  private static final int NODES = 4;
  private static final int MESSAGES = 100_000;
  private static final int MESSAGE_BYTES = 200;
  private static final int REQUESTS = 4;

  /// As many as the writer of a node that catches up is given at a time, about.
  private static final int GROUP = 1_000;

  @Override
  public String name() {
    return "catchup";
  }

  @Override
  public String what() {
    return "a newcomer fetches 100,000 messages from four nodes, against a store that writes them";
  }

  @Override
  public void run(Report report) throws Exception {
    report.columns(
        "messages_per_request",
        "batches",
        "start_to_first_s",
        "first_to_last_s",
        "messages_per_s",
        "cpu_us_per_batch",
        "store_alone_messages_per_s");
    for (int messages : List.of(1, 10, 100)) {
      measure(report, messages);
    }
  }

  private static void measure(Report report, int perRequest) throws Exception {
    try (Cluster cluster = Cluster.start(NODES)) {
      List<PychainNode> nodes = cluster.nodes();
      for (int i = 0; i < NODES; i++) {
        publish(nodes.get(i), MESSAGES / NODES, perRequest);
      }
      long last = MESSAGES + NODES;
      cluster.await(() -> nodes.stream().allMatch(node -> node.view().lastOffset() >= last));
      long begun = System.nanoTime();
      PychainNode newcomer = cluster.add();
      cluster.await(() -> newcomer.view().lastOffset() > NODES);
      long first = System.nanoTime();
      long cpu = cpuNanos();
      cluster.await(() -> newcomer.view().lastOffset() >= last);
      long done = System.nanoTime();
      long spent = cpuNanos() - cpu;
      newcomer.close();
      List<Batch> held = read(cluster.storage(NODES));
      report.row(
          perRequest,
          held.size(),
          seconds(first - begun),
          seconds(done - first),
          Math.round(MESSAGES / ((done - first) / 1e9)),
          Math.round(spent / 1e3 / held.size()),
          Math.round(MESSAGES / (write(held) / 1e9)));
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e7) / 100.0;
  }

  private static void publish(PychainNode node, int messages, int perRequest)
      throws InterruptedException {
    Message message = new Message("text/plain", Bytes.wrap(new byte[MESSAGE_BYTES]));
    List<Message> request = Collections.nCopies(perRequest, message);
    Semaphore free = new Semaphore(REQUESTS);
    for (int i = 0; i < messages / perRequest; i++) {
      free.acquire();
      var _ = node.publish(request).whenComplete((_, _) -> free.release());
    }
    free.acquire(REQUESTS);
  }

  private static List<Batch> read(Path folder) throws IOException {
    List<Batch> batches = new ArrayList<>();
    try (Store store = Store.open(StoreConfig.in(folder))) {
      for (LogEnd end : store.load().logs()) {
        long from = 1;
        while (from <= end.seq()) {
          List<Batch> part = store.held(new Range(end.log(), from, end.seq()), 1 << 20).batches();
          batches.addAll(part);
          from = part.getLast().lastSeq() + 1;
        }
      }
    }
    return batches;
  }

  private static long write(List<Batch> batches) throws IOException {
    Path folder = Files.createTempDirectory("pychain-bench-catchup");
    try (Store store = Store.open(StoreConfig.in(folder))) {
      long begun = System.nanoTime();
      List<Persist> group = new ArrayList<>();
      long offset = 1;
      for (int i = 0; i < batches.size(); i++) {
        Batch batch = batches.get(i);
        Delivery delivery = new Delivery(batch, offset, Instant.now(), 1, Via.SYNC);
        group.add(new Persist.StoreBatch(i + 1L, delivery));
        offset += batch.messages().size();
        if (group.size() == GROUP || i == batches.size() - 1) {
          store.write(group);
          group.clear();
        }
      }
      return System.nanoTime() - begun;
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
