package io.pychain.cli.network;

import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.terminal.CommandFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Watches a network from the front and tells when a node has ended, whoever ended it.
final class Watch {
  /// How often to look.
  static final Duration INTERVAL = Duration.ofMillis(300);

  private final NetworkFolder folder;
  private final PrintWriter err;
  private Set<String> running = Set.of();

  Watch(NetworkFolder folder, PrintWriter err) {
    this.folder = folder;
    this.err = err;
  }

  /// Looks once; whether any node of the network runs.
  boolean anyRuns() throws CommandFailure {
    Optional<Network> network = folder.read();
    Set<String> now = new TreeSet<>();
    network.ifPresent(known -> known.alive().forEach(node -> now.add(node.name())));
    for (String name : running) {
      if (!now.contains(name)) {
        err.println(name + " has ended; ./run start " + name + " starts it again");
      }
    }
    running = now;
    return !now.isEmpty();
  }
}
