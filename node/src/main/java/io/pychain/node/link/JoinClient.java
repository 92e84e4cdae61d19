package io.pychain.node.link;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame.Admitted;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.SignatureScheme;
import io.pychain.node.config.BootAddress;
import io.pychain.node.keys.InviteToken;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks boot nodes for a GUID, in the caller's thread: one [JoinConversation] after the other,
/// until one ends well.
public final class JoinClient {
  private static final Logger LOG = LoggerFactory.getLogger(JoinClient.class);

  /// First pause after nobody admitted; doubles each time.
  private static final Duration PAUSE_MIN = Duration.ofMillis(100);

  /// Longest pause: so long a node that waits for its boot node to start waits too long.
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  private final NodeKeys keys;
  private final Tls tls;
  private final SignatureScheme scheme;
  private final Entering entering;

  /// @param keys of the newcomer
  /// @param certificate that TLS shows for them
  /// @param invite that it holds, if any
  public JoinClient(
      NodeKeys keys,
      X509Certificate certificate,
      SignatureScheme scheme,
      Optional<InviteToken> invite) {
    this.keys = keys;
    this.entering = new Entering(keys.key(), invite);
    this.tls = Tls.of(keys, certificate);
    this.scheme = scheme;
  }

  /// What admission comes to.
  ///
  /// @param network that the newcomer is now in. Its authority is to be kept, and given as
  ///   `expected` ever after
  /// @param admitted the boot node's answer, verified
  /// @param observedHost where the boot node sees the newcomer
  public record Joined(NetworkInfo network, Admitted admitted, String observedHost) {
    /// Of the newcomer.
    public Certificate certificate() {
      return admitted.certificate();
    }

    /// The boot node's record: a first peer.
    public MemberRecord boot() {
      return admitted.boot();
    }

    /// Whether the newcomer's GUID was allocated by this, so that nobody has used it before.
    public boolean fresh() {
      return !admitted.known();
    }
  }

  /// Tries the entries in turn, and again with growing pauses, until one admits or the time is up.
  /// Ends early if no entry can succeed by waiting (another authority, another network).
  ///
  /// @param expected the authority that was pinned before, if any; an entry's own pin must agree
  /// @param patience how long to go on while nobody answers
  /// @throws IOException if nobody admits; the text says for each entry why, and what to do
  public Joined join(List<BootAddress> entries, Optional<NodeKey> expected, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Duration pause = PAUSE_MIN;
    Threads threads = new Threads();
    try {
      while (true) {
        Round round = new Round(entries, expected, threads);
        Optional<Joined> joined = round.run();
        if (joined.isPresent()) {
          return joined.get();
        }
        if (round.hopeless() || System.nanoTime() + pause.toNanos() >= deadline) {
          throw new IOException(round.text());
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      }
    } finally {
      threads.stop();
    }
  }

  /// Every entry once.
  private final class Round {
    private final List<BootAddress> entries;
    private final Optional<NodeKey> expected;
    private final Threads threads;
    private final List<String> failures = new ArrayList<>();
    private boolean hopeless = true;

    Round(List<BootAddress> entries, Optional<NodeKey> expected, Threads threads) {
      this.entries = entries;
      this.expected = expected;
      this.threads = threads;
    }

    Optional<Joined> run() throws InterruptedException {
      for (BootAddress entry : entries) {
        try {
          return Optional.of(ask(entry));
        } catch (IOException e) {
          LOG.debug("not admitted by entry={} cause=\"{}\"", entry, e.getMessage());
          failures.add(entry + ": " + e.getMessage());
          hopeless &= e instanceof HopelessException;
        }
      }
      return Optional.empty();
    }

    private Joined ask(BootAddress entry) throws IOException, InterruptedException {
      BootAddress.Peer peer =
          switch (entry) {
            case BootAddress.Peer itself -> itself;
            case BootAddress.Api api -> StatusQuery.ask(api);
          };
      Expectation expectation = Expectation.of(expected, peer.authority());
      return new JoinConversation(keys, entering, tls, scheme, threads)
          .hold(peer.address(), expectation);
    }

    /// Whether waiting cannot help any entry.
    boolean hopeless() {
      return hopeless;
    }

    String text() {
      return entries.isEmpty()
          ? "no boot node is named: set BOOT_NODE to the address of one"
          : "no boot node admits this node: " + String.join("; ", failures);
    }
  }
}
