package io.pychain.node.link;

import io.pychain.core.admission.BirthdayPuzzle;
import io.pychain.core.admission.Door;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.trust.Verifier;
import io.pychain.node.Node.LinkTraffic;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All links of a node: takes and opens connections, and carries frames.
///
/// Bound first, so that the port is known before the member record that names it is made; started
/// when the protocol is ready. For every link the inputs come from one thread and in this order:
/// [Input.LinkUp] or [Input.GuestUp], then what it receives, then [Input.LinkDown], exactly once.
/// Every [#dial] ends in one [Input.LinkUp] or [Input.DialFailed], unless the transport is closed.
///
/// Safe for many threads; nothing but [#sendWhenRoom] and [#close] blocks.
public final class Transport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

  /// Connections that the system holds until they are accepted.
  private static final int BACKLOG = 256;

  /// What [#close] waits for threads that it had to interrupt.
  private static final Duration LAST_WAIT = Duration.ofSeconds(1);

  private final TransportConfig config;
  private final NodeMetrics metrics;
  private final ServerSocket listener;
  private final Threads threads = new Threads();
  private final Budget budget;
  private volatile Optional<Running> running = Optional.empty();

  private Transport(TransportConfig config, NodeMetrics metrics, ServerSocket listener) {
    this.config = config;
    this.metrics = metrics;
    this.listener = listener;
    this.budget = new Budget(config.queues().allBytesMax());
    metrics.queue("outboxes", budget::used);
  }

  /// What there is once the node knows who it is.
  private record Running(Links links, Dialler dialler, Consumer<Input> inputs) {}

  /// Takes the port; connections wait in the system's queue until [#start].
  ///
  /// @param metrics where refusals and the traffic of closed links are counted
  /// @throws IOException if the address cannot be had; it names the address
  public static Transport bind(TransportConfig config, NodeMetrics metrics) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(config.listen(), BACKLOG);
      return new Transport(config, metrics, listener);
    } catch (IOException e) {
      listener.close();
      throw new IOException(
          "cannot take links at "
              + config.listen()
              + ": "
              + e.getMessage()
              + "; free it or set"
              + " PEER_LISTEN to another address",
          e);
    }
  }

  /// The port that links are taken at.
  public int port() {
    return listener.getLocalPort();
  }

  /// Begins to take connections; dials may come from now on. Once only.
  ///
  /// @param verifier checks what arrives
  /// @param inputs takes what happens; may block, which slows the link that called it. It is told
  ///   to stop by an interrupt
  /// @throws IOException if the transport has been closed
  public void start(LinkIdentity self, Verifier verifier, Consumer<Input> inputs)
      throws IOException {
    Refusals refusals = new Refusals(metrics);
    Wiring wiring = new Wiring(config, verifier, inputs, metrics, refusals, budget, threads);
    Links links = new Links(wiring);
    Tls tls = Tls.of(self.keys(), self.certificate());
    Greeter greeter = new Greeter(self, verifier);
    InetSocketAddress listening = (InetSocketAddress) listener.getLocalSocketAddress();
    running =
        Optional.of(
            new Running(links, new Dialler(listening, tls, greeter, links, wiring), inputs));
    Door door = new Door(self.network(), freshSecret(), new BirthdayPuzzle(), verifier);
    Acceptor acceptor =
        new Acceptor(
            listener, new Acceptor.Entry(new Doorway(door, self), tls, greeter), links, wiring);
    threads.start("links-acceptor", acceptor::run);
  }

  private static Bytes freshSecret() {
    byte[] secret = new byte[Digest.LENGTH];
    new SecureRandom().nextBytes(secret);
    return Bytes.wrap(secret);
  }

  /// Opens a link; returns at once.
  public void dial(Effects.Dial dial) {
    running.ifPresent(now -> {
      try {
        threads.start("dial-" + dial.guid(), () -> now.dialler().run(dial));
      } catch (IOException stopping) {
        LOG.debug("not dialled guid={}: this node stops", dial.guid());
      }
    });
  }

  /// Opens a link to whoever is at an address; returns at once.
  public void seek(Effects.Seek seek) {
    running.ifPresent(now -> {
      try {
        threads.start("seek-" + seek.address(), () -> now.dialler().run(seek));
      } catch (IOException stopping) {
        LOG.debug("not dialled address={}: this node stops", seek.address());
      }
    });
  }

  /// Queues a frame. A link that is gone loses it.
  ///
  /// @return false if its outbox has no room for data: it was not queued, and that is counted
  public boolean send(Effects.Send send) {
    Optional<Link> found = find(send.link());
    return found.isEmpty() || found.get().send(send.frame());
  }

  /// Queues a frame that must not be dropped, once little else is waiting.
  ///
  /// @return false if the link is gone, or there was no room in time; then nothing was queued
  public boolean sendWhenRoom(LinkId link, Frame frame, Duration patience)
      throws InterruptedException {
    Optional<Link> found = find(link);
    return found.isPresent() && found.get().sendWhenRoom(frame, patience);
  }

  /// Says goodbye and closes; returns at once.
  public void drop(Effects.Drop drop) {
    find(drop.link()).ifPresent(link -> link.dismiss(Goodbyes.of(drop.reason(), drop.detail())));
  }

  private Optional<Link> find(LinkId id) {
    return running.flatMap(now -> now.links().find(id));
  }

  /// What each link that is up has carried, in the order of the links.
  public Map<LinkId, LinkTraffic> traffic() {
    Map<LinkId, LinkTraffic> traffic = new TreeMap<>();
    running.ifPresent(
        now -> now.links().all().forEach(link -> traffic.put(link.id(), link.traffic())));
    return traffic;
  }

  /// Says goodbye to all, closes everything, and waits until no thread is left, at most a little
  /// longer than `Patience.close`. The inputs of the last moments still come. Calling it again does
  /// nothing.
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      LOG.warn("closing the port failed cause=\"{}\"", e.getMessage());
    }
    Goodbye stopping = Goodbyes.of(Reason.STOPPING, "this node stops");
    running.ifPresent(now -> {
      now.dialler().close();
      now.links().all().forEach(link -> link.drop(stopping));
    });
    awaitThreads();
  }

  private void awaitThreads() {
    try {
      if (!threads.await(config.patience().close())) {
        running.ifPresent(now -> now.links().all().forEach(Link::cut));
        threads.stop();
        if (!threads.await(LAST_WAIT)) {
          LOG.error(
              "threads of the links do not end; whoever takes their inputs ignores interrupts");
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      threads.stop();
    }
  }
}
