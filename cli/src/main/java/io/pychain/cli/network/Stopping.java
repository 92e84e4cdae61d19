package io.pychain.cli.network;

import io.pychain.cli.network.NetworkFolder.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ends nodes: asks all at once, waits a bounded time, and kills those that are still there, each
/// by its own process id.
final class Stopping {
  /// How long a node may take to stop in order.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(20);

  private Stopping() {}

  /// Which nodes were running and how they ended.
  ///
  /// @param network the same with no process
  /// @param stopped names of those that stopped in order
  /// @param killed names of those that had to be killed
  record Stopped(Network network, List<String> stopped, List<String> killed) {}

  static Stopped stop(Network network) throws InterruptedException {
    List<NodeEntry> running = network.alive();
    running.forEach(node -> node.alive().ifPresent(ProcessHandle::destroy));
    Instant deadline = Instant.now().plus(GRACE);
    while (anyAlive(running) && Instant.now().isBefore(deadline)) {
      Thread.sleep(POLL);
    }
    List<String> stopped = new ArrayList<>();
    List<String> killed = new ArrayList<>();
    for (NodeEntry node : running) {
      (kill(node) ? killed : stopped).add(node.name());
    }
    Network ended = network;
    for (NodeEntry node : network.nodes()) {
      ended = ended.with(node.withProcess(Optional.empty()));
    }
    return new Stopped(ended, stopped, killed);
  }

  private static boolean anyAlive(List<NodeEntry> nodes) {
    return nodes.stream().anyMatch(node -> node.alive().isPresent());
  }

  /// Kills a node as a crash would, and waits until it is gone.
  ///
  /// @return whether there was one to kill
  static boolean kill(NodeEntry node) throws InterruptedException {
    Optional<ProcessHandle> process = node.alive();
    if (process.isEmpty()) {
      return false;
    }
    process.get().destroyForcibly();
    while (node.alive().isPresent()) {
      Thread.sleep(POLL);
    }
    return true;
  }
}
