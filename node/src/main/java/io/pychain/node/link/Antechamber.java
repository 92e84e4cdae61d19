package io.pychain.node.link;

import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Frame.Reason;
import io.pychain.node.link.Turns.Turn;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where visitors wait for their turn to begin TLS. Hosts from which a member has come of late have
/// a lane of their own, and so have those that have knocked; all others share that of their address
/// group.
final class Antechamber {
  /// Hosts of members that are remembered; the one that came longest ago is forgotten.
  private static final int HOSTS_MAX = 4_096;

  private final Turns turns;
  private final Threads threads;
  private final Duration patience;
  private final Map<String, Boolean> hosts = new RecentHosts();
  private boolean alarmed;

  private static final class RecentHosts extends LinkedHashMap<String, Boolean> {
    RecentHosts() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > HOSTS_MAX;
    }
  }

  Antechamber(TransportConfig config, Threads threads) {
    this.turns = new Turns(config.accepting().pace(), System.nanoTime());
    this.threads = threads;
    this.patience = config.patience().handshake();
  }

  /// Remembers that a member has come from there.
  void welcomed(String host) {
    synchronized (hosts) {
      hosts.put(host, true);
    }
  }

  /// Waits for the turn of a visitor.
  ///
  /// @param knocked whether it has spoken before TLS
  /// @throws IOException if it does not come
  void await(String host, boolean knocked) throws IOException {
    Turn turn = turns.queue(lane(host, knocked), System.nanoTime());
    if (!turn.isDone()) {
      ring();
    }
    try {
      if (!turn.get(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new RefusedException(
            Refusal.TOO_MANY_HANDSHAKES, Reason.FULL, "too many begin TLS at once; try again");
      }
    } catch (TimeoutException tooLong) {
      throw new EOFException("its turn did not come in time");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new EOFException("this node stops");
    } finally {
      turns.leave(turn);
    }
  }

  private String lane(String host, boolean knocked) {
    synchronized (hosts) {
      if (hosts.get(host) != null) {
        return knocked ? "knocked " + host : host;
      }
    }
    String group = AddressGroup.of(host).name();
    return knocked ? "knocked " + group : group;
  }

  /// One alarm at a time goes on ringing for as long as anybody waits.
  private synchronized void ring() throws IOException {
    if (alarmed) {
      return;
    }
    long next = turns.give(System.nanoTime());
    if (next >= 0) {
      alarmed = true;
      ScheduledFuture<?> _ = threads.after(Duration.ofNanos(next), this::ringAgain);
    }
  }

  private synchronized void ringAgain() {
    alarmed = false;
    try {
      ring();
    } catch (IOException stopping) {
      turns.close();
    }
  }

  /// Sends everybody away.
  void close() {
    turns.close();
  }
}
