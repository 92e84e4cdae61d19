package io.pychain.benchmarks.network;

import io.pychain.core.protocol.NodeView;
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

  private final Optional<Detour> detour;

  private Cluster(Path folder, Optional<Detour> detour) {
    this.folder = folder;
    this.detour = detour;
  }

  /// A path that leads to one of the nodes, which others reach by it only.
  ///
  /// @param number of the node, from 1: the boot node is reached directly
  /// @param path to it
  record Detour(int number, SlowPath path) {}

  /// Starts so many nodes and waits until all are linked with all that they want to be.
  static Cluster start(int count) throws IOException, TimeoutException, InterruptedException {
    return start(count, Optional.empty());
  }

  /// The same where one node is hard to reach.
  static Cluster start(int count, Detour detour)
      throws IOException, TimeoutException, InterruptedException {
    return start(count, Optional.of(detour));
  }

  private static Cluster start(int count, Optional<Detour> detour)
      throws IOException, TimeoutException, InterruptedException {
    Cluster cluster = new Cluster(Files.createTempDirectory("pychain-bench-network"), detour);
    try {
      cluster.fill(count);
    } catch (IOException | TimeoutException failure) {
      cluster.close();
      throw failure;
    }
    return cluster;
  }

  private void fill(int count) throws IOException, TimeoutException, InterruptedException {
    nodes.add(PychainNode.start(config(0).role(Role.BOOT).build()));
    for (int i = 1; i < count; i++) {
      add();
    }
    await(() -> nodes.stream().allMatch(node -> sees(node, count)));
  }

  /// Starts one more client; does not wait for it to be of use.
  PychainNode add() throws IOException {
    PychainNode node = startClient(nodes.size(), "127.0.0.1:" + nodes.getFirst().peerPort());
    nodes.add(node);
    return node;
  }

  private PychainNode startClient(int number, String boot) throws IOException {
    NodeConfig.Builder config = config(number).bootNodes(boot);
    Optional<SlowPath> path = detour.filter(there -> there.number() == number).map(Detour::path);
    path.ifPresent(slow -> config.advertise(Optional.of(new Endpoint("127.0.0.1", slow.port()))));
    PychainNode node = PychainNode.start(config.build());
    path.ifPresent(slow -> slow.leadTo(node.peerPort()));
    return node;
  }

  /// The file of a node's store.
  Path database(int number) {
    return storage(number).resolve("pychain.db");
  }

  /// The folder of a node's store.
  Path storage(int number) {
    return folder.resolve("node-" + number);
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
        throw new TimeoutException(
            "the network did not get there in %s: %s"
                .formatted(PATIENCE, nodes.stream().map(Cluster::summary).toList()));
      }
      Thread.sleep(1);
    }
  }

  private static String summary(PychainNode node) {
    NodeView view = node.view();
    return "guid=%s members=%d links=%d offset=%d behind=%d"
        .formatted(
            view.self().guid(),
            view.members().size(),
            view.links().size(),
            view.lastOffset(),
            view.behind());
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
