package io.pychain.benchmarks.network;

import io.pychain.node.PychainNode;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A boot node and clients in this process, on a temporary folder.
final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<PychainNode> nodes = new ArrayList<>();

  private Cluster(Path folder) {
    this.folder = folder;
  }

  /// Starts so many nodes and waits until all are linked with all that they want to be.
  static Cluster start(int count) throws IOException, TimeoutException, InterruptedException {
    Cluster cluster = new Cluster(Files.createTempDirectory("pychain-bench-network"));
    cluster.nodes.add(PychainNode.start(cluster.config(0).role(Role.BOOT).build()));
    String boot = "127.0.0.1:" + cluster.nodes.getFirst().peerPort();
    for (int i = 1; i < count; i++) {
      cluster.nodes.add(PychainNode.start(cluster.config(i).bootNodes(boot).build()));
    }
    cluster.await(() -> cluster.nodes.stream().allMatch(node -> sees(node, count)));
    return cluster;
  }

  private static boolean sees(PychainNode node, int count) {
    // Each newcomer announces itself by one event in its log.
    return node.view().members().size() == count && node.view().lastOffset() >= count;
  }

  private NodeConfig.Builder config(int number) {
    return NodeConfig.builder()
        .storageDir(folder.resolve("node-" + number))
        .peerListen(new Endpoint("127.0.0.1", Endpoint.OPEN))
        .apiListen(Optional.empty());
  }

  List<PychainNode> nodes() {
    return List.copyOf(nodes);
  }

  void await(BooleanSupplier condition) throws TimeoutException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("the network did not get there in " + PATIENCE);
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(PychainNode::close);
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
