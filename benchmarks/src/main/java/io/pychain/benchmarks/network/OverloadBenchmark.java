package io.pychain.benchmarks.network;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.NodeView.Counts;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.PychainNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Eight nodes of this process and 64 publishers that never rest: what the network takes, what it
/// refuses, and whether an event of the system still gets through, also where one link or one disk
/// is slow.
public final class OverloadBenchmark implements Benchmark {
  private static final int NODES = 8;

  /// The node whose link or disk is slow.
  private static final int SICK = 3;

  private static final int PUBLISHERS_EACH = 8;
  private static final int MESSAGES = 100;
  private static final int MESSAGE_BYTES = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration MEASURED = Duration.ofSeconds(10);

  /// What does not arrive in so long does not arrive.
  private static final Duration QUIET = Duration.ofSeconds(3);

  private static final Duration EVENT_INTERVAL = Duration.ofMillis(100);

  /// One twentieth of what a link carries here when all are well.
  private static final int SLOW_LINK_BYTES_PER_SECOND = 200_000;

  /// About ten batches a second.
  private static final int SLOW_DISK_STEPS = 1_000_000;

  private enum Trouble {
    IDLE,
    NONE,
    SLOW_LINK,
    SLOW_DISK
  }

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public String what() {
    return "eight nodes, 64 publishers at full rate: taken, refused, doubled, delay of events";
  }

  @Override
  public void run(Report report) throws Exception {
    report.columns(
        "trouble",
        "acknowledged_per_s",
        "refused_per_s",
        "deliveries_per_s",
        "duplicates_per_new",
        "dropped",
        "handed_over",
        "event_taken_p50_ms",
        "event_taken_p99_ms",
        "event_delivered_p50_ms",
        "event_delivered_p99_ms",
        "lost");
    for (Trouble trouble : Trouble.values()) {
      try (SlowPath path = new SlowPath(SLOW_LINK_BYTES_PER_SECOND);
          Cluster cluster = start(trouble, path)) {
        if (trouble == Trouble.SLOW_DISK) {
          SlowDisk.slowDown(cluster.database(SICK), SLOW_DISK_STEPS);
        }
        new Run(cluster, trouble).measure(report);
      }
    }
  }

  private static Cluster start(Trouble trouble, SlowPath path) throws Exception {
    return trouble == Trouble.SLOW_LINK
        ? Cluster.start(NODES + 1, new Cluster.Detour(SICK, path))
        : Cluster.start(NODES + 1);
  }

  /// One network under load.
  private static final class Run {
    private final Cluster cluster;
    private final Trouble trouble;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final List<Thread> publishers = new ArrayList<>();

    /// From sealing an event until a node has it, and until it reaches a subscriber there, in
    /// nanoseconds.
    private final ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<Long> shown = new ConcurrentLinkedQueue<>();

    Run(Cluster cluster, Trouble trouble) {
      this.cluster = cluster;
      this.trouble = trouble;
    }

    void measure(Report report) throws Exception {
      for (PychainNode node : cluster.nodes()) {
        node.subscribe(0, this::deliver);
        for (int i = 0; i < PUBLISHERS_EACH && publishes(node); i++) {
          publishers.add(Thread.ofVirtual().start(() -> publish(node)));
        }
      }
      Thread.sleep(WARM_UP);
      long acknowledgedBefore = acknowledged.sum();
      long refusedBefore = refused.sum();
      long deliveredBefore = delivered.sum();
      taken.clear();
      shown.clear();
      sendEvents();
      double seconds = MEASURED.toMillis() / 1e3;
      long acknowledgedThen = acknowledged.sum() - acknowledgedBefore;
      long refusedThen = refused.sum() - refusedBefore;
      long deliveredThen = delivered.sum() - deliveredBefore;
      stop.set(true);
      for (Thread publisher : publishers) {
        publisher.join();
      }
      report.row(
          trouble.name().toLowerCase(Locale.ROOT),
          Math.round(acknowledgedThen / seconds),
          Math.round(refusedThen / seconds),
          Math.round(deliveredThen / seconds),
          duplicates(),
          dropped(),
          handedOver(),
          percentile(taken, 0.5),
          percentile(taken, 0.99),
          percentile(shown, 0.5),
          percentile(shown, 0.99),
          lost());
    }

    /// Events of the system come from a node that publishes nothing else; time is taken at all.
    private void sendEvents() throws InterruptedException {
      PychainNode node = cluster.nodes().getLast();
      long end = System.nanoTime() + MEASURED.toNanos();
      while (System.nanoTime() < end) {
        String event = "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":0}}}";
        var _ = node.publish(List.of(new Message(Message.EVENT, Bytes.utf8(event))));
        Thread.sleep(EVENT_INTERVAL);
      }
    }

    private boolean publishes(PychainNode node) {
      return trouble != Trouble.IDLE && node != cluster.nodes().getLast();
    }

    private void deliver(DeliveredMessage message) {
      delivered.increment();
      if (message.message().contentType().equals(Message.EVENT)) {
        taken.add(Duration.between(message.broadcast(), message.received()).toNanos());
        shown.add(Duration.between(message.broadcast(), Instant.now()).toNanos());
      }
    }

    private void publish(PychainNode node) {
      Message message = new Message("text/plain", Bytes.wrap(new byte[MESSAGE_BYTES]));
      List<Message> request = Collections.nCopies(MESSAGES, message);
      try {
        while (!stop.get()) {
          if (node.publish(request).get() instanceof Answer.Published) {
            acknowledged.add(MESSAGES);
          } else {
            refused.increment();
          }
        }
      } catch (InterruptedException | ExecutionException stopped) {
        throw new IllegalStateException("a publish came to nothing", stopped);
      }
    }

    private double duplicates() {
      List<Counts> counts = cluster.nodes().stream().map(node -> node.view().counts()).toList();
      long duplicate = counts.stream().mapToLong(Counts::batchesDuplicate).sum();
      return (double) duplicate / Math.max(1, counts.stream().mapToLong(Counts::batchesNew).sum());
    }

    private long dropped() {
      return cluster.nodes().stream()
          .flatMap(node -> node.traffic().values().stream())
          .mapToLong(traffic -> traffic.droppedFrames())
          .sum();
    }

    private long handedOver() {
      return cluster.nodes().stream().mapToLong(node -> node.view().counts().handedOver()).sum();
    }

    private static double percentile(Collection<Long> nanos, double share) {
      List<Long> sorted = nanos.stream().sorted().toList();
      return sorted.isEmpty() ? 0 : sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
    }

    /// What was acknowledged and has not reached all others when the load has ended and nothing
    /// more arrives. A node with a slow disk is left out: it is behind, and knows it.
    private long lost() throws InterruptedException {
      List<PychainNode> counted = new ArrayList<>(cluster.nodes());
      if (trouble == Trouble.SLOW_DISK) {
        counted.remove(SICK);
      }
      long expected =
          cluster.nodes().stream().mapToLong(node -> node.view().counts().published()).sum();
      long before = Long.MAX_VALUE;
      long missing = missing(counted, expected);
      while (missing > 0 && missing < before) {
        Thread.sleep(QUIET);
        before = missing;
        missing = missing(counted, expected);
      }
      return missing;
    }

    private static long missing(List<PychainNode> nodes, long expected) {
      return nodes.stream().mapToLong(node -> expected - node.view().lastOffset()).max().orElse(0);
    }
  }
}
