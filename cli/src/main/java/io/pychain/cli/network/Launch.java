package io.pychain.cli.network;

import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.network.StatusPoll.Status;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.node.config.NodeConfig.Role;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Starts nodes and waits until all that run see each other.
///
/// The boot node goes first; the clients follow once it answers, a bounded number at a time:
/// starting a JVM is computing, and more of them than there are processors only delay each other.
/// `network.json` is written with each start, so that `stop` finds every process from the first
/// moment on.
final class Launch {
  /// How many nodes may be between their start and their first answer, for each processor.
  private static final int STARTING_PER_PROCESSOR = 2;

  /// How long all may take: this, and for each node a bit more.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PATIENCE_PER_NODE = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(40);

  private final NetworkFolder folder;
  private final boolean attached;
  private final PrintWriter err;
  private final List<Process> started = new ArrayList<>();
  private final Set<String> joining = new TreeSet<>();
  private final Set<String> incomplete = new TreeSet<>();
  private Network network;
  private String bootNode = "";

  /// @param attached whether the nodes end with this process, which then has to keep this object
  /// @param err where the last words of a node go that dies
  Launch(NetworkFolder folder, Network network, boolean attached, PrintWriter err) {
    this.folder = folder;
    this.network = network;
    this.attached = attached;
    this.err = err;
  }

  /// Starts these nodes, which do not run, and waits until every running node sees every other.
  ///
  /// @return the network as it is then
  /// @throws CommandFailure if a node dies or they do not find each other in time; those started
  ///   are left to [#abandon]
  Network start(List<NodeEntry> nodes) throws CommandFailure, InterruptedException {
    Instant deadline =
        Instant.now().plus(PATIENCE).plus(PATIENCE_PER_NODE.multipliedBy(nodes.size()));
    Deque<NodeEntry> boots = new ArrayDeque<>(withRole(nodes, Role.BOOT));
    await(boots, deadline, false);
    bootNode = bootAddress();
    network.alive().forEach(node -> incomplete.add(node.name()));
    await(new ArrayDeque<>(withRole(nodes, Role.CLIENT)), deadline, true);
    return network;
  }

  private static List<NodeEntry> withRole(List<NodeEntry> nodes, Role role) {
    return nodes.stream().filter(node -> node.role() == role).toList();
  }

  /// The boot node with its key pinned, or without if it does not run now.
  private String bootAddress() {
    NodeEntry boot = withRole(network.nodes(), Role.BOOT).getFirst();
    Optional<Status> status = boot.alive().flatMap(_ -> StatusPoll.ask(boot));
    return status.map(s -> s.authorityKey() + "@").orElse("") + boot.peer();
  }

  private void await(Deque<NodeEntry> waiting, Instant deadline, boolean untilComplete)
      throws CommandFailure, InterruptedException {
    while (!waiting.isEmpty() || !joining.isEmpty() || (untilComplete && !incomplete.isEmpty())) {
      startMore(waiting);
      Thread.sleep(POLL);
      checkAlive();
      poll(waiting.isEmpty());
      if (Instant.now().isAfter(deadline)) {
        throw CommandFailure.failed(
            "not all nodes see each other in time; still missing: "
                + (joining.isEmpty() ? incomplete : joining)
                + "; look at the logs in "
                + folder.dir());
      }
    }
  }

  private void startMore(Deque<NodeEntry> waiting) throws CommandFailure {
    int most = STARTING_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    while (!waiting.isEmpty() && joining.size() < most) {
      NodeEntry node = waiting.remove();
      Optional<String> boot = node.role() == Role.CLIENT ? Optional.of(bootNode) : Optional.empty();
      Process process = NodeProcess.start(node, boot, network.settings(), attached);
      started.add(process);
      RunningProcess running = RunningProcess.of(process.toHandle());
      network = network.with(node.withProcess(Optional.of(running)));
      folder.write(network);
      joining.add(node.name());
      incomplete.add(node.name());
    }
  }

  private void checkAlive() throws CommandFailure {
    for (String name : incomplete) {
      NodeEntry node = network.named(name).orElseThrow();
      if (node.alive().isEmpty()) {
        Deaths.lastWords(node).forEach(err::println);
        throw CommandFailure.failed(
            name + " died while starting: see its last lines above, and " + node.logDir());
      }
    }
  }

  /// Asks those that have not joined yet; once all have, those that do not see all yet.
  private void poll(boolean allStarted) throws CommandFailure {
    for (String name : List.copyOf(joining)) {
      NodeEntry node = network.named(name).orElseThrow();
      Optional<Status> status = StatusPoll.ask(node);
      if (status.isPresent()) {
        joining.remove(name);
        network = network.with(node.withGuid(status.get().guid()));
        folder.write(network);
      }
    }
    if (allStarted && joining.isEmpty()) {
      int expected = network.alive().size();
      incomplete.removeIf(name -> sees(network.named(name).orElseThrow(), expected));
    }
  }

  private static boolean sees(NodeEntry node, int expected) {
    return StatusPoll.ask(node).filter(status -> status.alive() >= expected).isPresent();
  }

  /// Ends what was started here.
  void abandon() throws CommandFailure, InterruptedException {
    for (Process process : started) {
      process.destroy();
    }
    List<NodeEntry> ours =
        network.nodes().stream()
            .filter(node -> started.stream().anyMatch(process -> isOf(process, node)))
            .toList();
    for (NodeEntry ended : Stopping.stop(new Network(ours, network.settings())).network().nodes()) {
      network = network.with(ended);
    }
    folder.write(network);
  }

  private static boolean isOf(Process process, NodeEntry node) {
    return node.process().filter(running -> running.pid() == process.pid()).isPresent();
  }
}
