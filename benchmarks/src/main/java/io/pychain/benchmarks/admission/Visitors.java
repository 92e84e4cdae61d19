package io.pychain.benchmarks.admission;

import io.pychain.node.PychainNode;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// An attacker in this process: real nodes, each with a key of its own, that join, stay as members
/// for some seconds, and go without leaving.
final class Visitors implements AutoCloseable {
  /// How many are members at a time; with one every 250 ms each stays for 5 s.
  private static final int AT_ONCE = 20;

  /// How many may be on their way in or out; the attack is slower where this machine is.
  private static final int BUSY_MAX = 8;

  private final String boot;
  private final Path folder;
  private final ConcurrentLinkedQueue<PychainNode> present = new ConcurrentLinkedQueue<>();
  private final ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Semaphore busy = new Semaphore(BUSY_MAX);
  private final AtomicInteger joined = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();

  Visitors(String host, int port) throws IOException {
    this.boot = host + ":" + port;
    this.folder = Files.createTempDirectory("pychain-visitors");
  }

  /// From now on one comes after the other.
  void begin(Duration between) {
    ScheduledFuture<?> _ =
        clock.scheduleAtFixedRate(
            () -> {
              if (busy.tryAcquire()) {
                visitors.execute(this::visit);
              }
            },
            0,
            between.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void visit() {
    try {
      present.add(PychainNode.start(config()));
      if (joined.incrementAndGet() > AT_ONCE) {
        Optional.ofNullable(present.poll()).ifPresent(PychainNode::close);
      }
    } catch (IOException turnedAway) {
      refused.incrementAndGet();
    } finally {
      busy.release();
    }
  }

  private NodeConfig config() {
    return NodeConfig.builder()
        .storageDir(folder.resolve("visitor-" + names.incrementAndGet()))
        .bootNodes(boot)
        .peerListen(new Endpoint("127.0.0.1", Endpoint.OPEN))
        .apiListen(Optional.empty())
        .build();
  }

  int joined() {
    return joined.get();
  }

  int refused() {
    return refused.get();
  }

  @Override
  public void close() throws IOException {
    clock.close();
    visitors.close();
    present.forEach(PychainNode::close);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
