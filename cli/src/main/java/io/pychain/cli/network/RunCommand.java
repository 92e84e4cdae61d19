package io.pychain.cli.network;

import io.pychain.cli.network.NetworkFolder.Lock;
import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Output;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./run N`: starts one boot node and N clients, and stays in front until it is told to stop.
@Command(name = "run", description = "Start a boot node and N clients; Ctrl-C stops them.")
final class RunCommand implements Callable<Integer> {
  /// A base leaves room above it for the links' ports and for all nodes.
  private static final int API_BASE_MAX = 65_535 - Ports.PEER_OFFSET - Plan.CLIENTS_MAX;

  private final Map<String, String> environment;
  private final Instant asked = Instant.now();
  private final AtomicBoolean stopping = new AtomicBoolean();

  @Mixin private final Output output = new Output();
  @Mixin private final NetworkOptions options = new NetworkOptions();

  @Parameters(paramLabel = "N", description = "How many clients, 1 to 64.")
  private int clients;

  @Option(
      names = "-e",
      paramLabel = "NAME=VALUE",
      description = "A setting of every node; may be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--base-port",
      paramLabel = "P",
      description =
          "APIs get the ports from P on and links those from P + 1000 on, and a taken one is an"
              + " error; default: from 8000 and 9000 on, passing over taken ones.")
  private @Nullable Integer basePort;

  @Option(names = "--detach", description = "Return once all run; ./run stop ends them.")
  private boolean detach;

  RunCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    NetworkFolder folder = options.folder();
    Map<String, String> given = Plan.settings(folder, settings, environment);
    OptionalInt base = base();
    Thread stopper = Thread.ofPlatform().name("stop-network").unstarted(() -> stopAll(folder));
    Launch launch;
    try (Lock _ = folder.lock()) {
      Network network = new Network(plan(folder, base), given);
      launch = new Launch(folder, network, !detach, output.err());
      Runtime.getRuntime().addShutdownHook(stopper);
      show(start(launch, network));
    }
    if (detach) {
      Runtime.getRuntime().removeShutdownHook(stopper);
      return CommandFailure.DONE;
    }
    return stayInFront(folder, launch);
  }

  private OptionalInt base() throws CommandFailure {
    if (basePort == null) {
      return OptionalInt.empty();
    }
    if (basePort < 1 || basePort > API_BASE_MAX) {
      throw CommandFailure.wrongUsage(
          "--base-port %d is not allowed: 1 to %d".formatted(basePort, API_BASE_MAX));
    }
    return OptionalInt.of(basePort);
  }

  private List<NodeEntry> plan(NetworkFolder folder, OptionalInt base) throws CommandFailure {
    Optional<Network> before = folder.read();
    int running = before.map(network -> network.alive().size()).orElse(0);
    if (running > 0) {
      throw CommandFailure.failed(
          "%d nodes of a network run in %s already: stop them with ./run stop, or use another --dir"
              .formatted(running, folder.dir()));
    }
    return Plan.nodes(folder, before, clients, base);
  }

  private Network start(Launch launch, Network network)
      throws CommandFailure, InterruptedException {
    try {
      return launch.start(network.nodes());
    } catch (CommandFailure e) {
      if (!stopping.get()) {
        launch.abandon();
      }
      throw e;
    }
  }

  private void show(Network network) {
    double seconds = Math.round(Duration.between(asked, Instant.now()).toMillis() / 10.0) / 100.0;
    output.print(
        NetworkOptions.json(network, Optional.of(seconds)),
        out -> {
          NetworkOptions.print(network.nodes(), out);
          out.printf("%d nodes see each other after %.2f s%n", network.nodes().size(), seconds);
          out.println(detach ? "./run stop ends them" : "Ctrl-C stops them");
        });
  }

  /// Until no node runs any more.
  ///
  /// @param launch holds the pipes that tell the nodes that this process lives
  private int stayInFront(NetworkFolder folder, Launch launch)
      throws CommandFailure, InterruptedException {
    try {
      Watch watch = new Watch(folder, output.err());
      while (watch.anyRuns() && !stopping.get()) {
        Thread.sleep(Watch.INTERVAL);
      }
      return CommandFailure.DONE;
    } finally {
      Reference.reachabilityFence(launch);
    }
  }

  private void stopAll(NetworkFolder folder) {
    stopping.set(true);
    try {
      Optional<Network> network = folder.read();
      if (network.isPresent() && !network.get().alive().isEmpty()) {
        folder.write(Stopping.stop(network.get()).network());
      }
    } catch (CommandFailure e) {
      output.err().println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
