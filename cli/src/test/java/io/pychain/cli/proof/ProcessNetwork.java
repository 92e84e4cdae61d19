package io.pychain.cli.proof;

import io.pychain.cli.network.LaunchedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A boot node and clients as processes on free ports of the loopback address, in one folder. All
/// that were started end with it, each by its own process, in order: a killed one would leave the
/// native libraries that it has unpacked.
final class ProcessNetwork implements AutoCloseable {
  private static final String BOOT = "boot_1";

  private final Path dir;
  private final Map<String, String> settings;
  private final List<ProcessNode> nodes = new ArrayList<>();

  ProcessNetwork(Path dir) {
    this(dir, Map.of());
  }

  /// @param settings of every node
  ProcessNetwork(Path dir, Map<String, String> settings) {
    this.dir = dir;
    this.settings = settings;
  }

  /// A network of one boot node and so many clients, which all see each other.
  static ProcessNetwork running(Path dir, int clients) {
    ProcessNetwork network = new ProcessNetwork(dir);
    try {
      network.boot();
      network.clients(clients);
      network.awaitAllSeeAll();
      return network;
    } catch (AssertionError e) {
      network.close();
      throw e;
    }
  }

  /// Starts the boot node and waits until it is ready.
  ProcessNode boot() {
    return add(node(BOOT)).start(Optional.empty(), settings).ready();
  }

  /// Starts one more boot node, which has the authority's key and joins by another, and waits until
  /// it is ready.
  ProcessNode boot(String name, ProcessNode other) throws IOException {
    ProcessNode more = add(node(name));
    Path storage = Files.createDirectories(more.launched().storageDir());
    Path _ =
        Files.copy(
            other.launched().storageDir().resolve("authority-key"),
            storage.resolve("authority-key"),
            StandardCopyOption.COPY_ATTRIBUTES);
    return more.start(Optional.of(other.peer()), settings).ready();
  }

  /// Starts so many clients at once, which join by the boot node, and waits until they are ready.
  List<ProcessNode> clients(int count) {
    List<ProcessNode> started = startClients(count);
    started.forEach(ProcessNode::ready);
    return started;
  }

  /// Starts so many clients at once.
  List<ProcessNode> startClients(int count) {
    String bootNode = first().peer();
    int present = nodes.size();
    return IntStream.range(present, present + count)
        .mapToObj(i -> client("client_" + i, bootNode))
        .toList();
  }

  /// Starts a client that joins by this address.
  ProcessNode client(String name, String bootNode) {
    return add(node(name)).start(Optional.of(bootNode), settings);
  }

  private ProcessNode node(String name) {
    return new ProcessNode(LaunchedNode.named(name, dir));
  }

  /// Ends this node with the others.
  ProcessNode add(ProcessNode node) {
    nodes.add(node);
    return node;
  }

  /// The boot node, then the clients in the order of their start.
  List<ProcessNode> nodes() {
    return List.copyOf(nodes);
  }

  ProcessNode first() {
    return nodes.getFirst();
  }

  /// Those that are started now.
  List<ProcessNode> started() {
    return nodes.stream().filter(ProcessNode::isStarted).toList();
  }

  /// Waits until every node that is started sees at least so many members as are started.
  void awaitAllSeeAll() {
    List<ProcessNode> started = started();
    for (ProcessNode node : started) {
      Await.until(
          node.name() + " sees " + started.size() + " members",
          () -> node.status().path("members").path("alive").asInt() >= started.size(),
          this::circumstances);
    }
  }

  /// Waits until every one of these nodes has delivered all of these messages.
  void awaitDelivered(List<ProcessNode> where, Set<String> ids) {
    for (ProcessNode node : where) {
      Deliveries deliveries = new Deliveries(node);
      Await.until(
          node.name() + " delivers all of " + ids.size() + " messages",
          () -> deliveries.missing(ids).isEmpty(),
          () ->
              "it lacks %d: %s%n%s"
                  .formatted(
                      deliveries.missing(ids).size(),
                      deliveries.missing(ids).stream().limit(20).toList(),
                      circumstances()));
    }
  }

  /// What helps to see why something did not happen.
  String circumstances() {
    return nodes.stream()
        .map(node ->
            "--- " + node.name() + (node.isStarted() ? "" : " (ended)") + "\n" + node.lastWords())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    List<ProcessNode> running = started();
    running.forEach(ProcessNode::askToStop);
    running.forEach(ProcessNode::exitCode);
  }
}
