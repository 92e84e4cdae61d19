package io.pychain.simulator.world;

import io.pychain.core.message.Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The virtual network: links that behave as TCP connections do.
///
/// Frames of a link arrive in order, after the latency of the pair and some jitter, or not at all
/// once the link is broken. A pair that is cut has its links broken, which either end notices after
/// a while of its own, and cannot connect until it is mended.
public final class Network {
  private final Timeline timeline;
  private final NetworkConfig config;
  private final long seed;
  private final SplittableRandom random;
  private final Map<Address, Port> ports = new HashMap<>();
  private final Set<Long> cuts = new HashSet<>();
  private long linksOpened;
  private long dialsPending;

  Network(Timeline timeline, NetworkConfig config, long seed) {
    this.timeline = timeline;
    this.config = config;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /// Connects a machine; its port is closed at first.
  Port attach(int place, Address address, Host host) {
    Port port = new Port(this, place, address, host);
    if (ports.put(address, port) != null) {
      throw new IllegalArgumentException("two machines at " + address);
    }
    return port;
  }

  /// Cuts the path between two machines. Their links break; either end notices within the time of
  /// the configuration; dials between them run into silence.
  void cut(Port one, Port other) {
    cuts.add(pair(one.place(), other.place()));
    breakLinks(one, other);
  }

  /// Lets two machines connect again. What was broken stays broken.
  void mend(Port one, Port other) {
    cuts.remove(pair(one.place(), other.place()));
  }

  /// Breaks the links between two machines without cutting the path.
  void breakLinks(Port one, Port other) {
    for (LinkEnd end : List.copyOf(one.ends())) {
      if (end.peer().port() == other) {
        end.sever(notice(), notice());
      }
    }
  }

  /// Whether the path between two machines is whole.
  boolean reach(Port one, Port other) {
    return cuts.isEmpty() || !cuts.contains(pair(one.place(), other.place()));
  }

  /// How many links have come up so far, and how many dials are under way: a network in which
  /// neither changes has settled.
  public long linksOpened() {
    return linksOpened;
  }

  /// See [#linksOpened()].
  public long dialsPending() {
    return dialsPending;
  }

  void dialStarted() {
    dialsPending++;
  }

  void dialEnded() {
    dialsPending--;
  }

  @Nullable Port find(Address address) {
    return ports.get(address);
  }

  Timeline timeline() {
    return timeline;
  }

  NetworkConfig config() {
    return config;
  }

  LinkEnd connect(Port dialler, Port listener) {
    linksOpened++;
    return LinkEnd.connect(dialler, listener, latency(dialler.place(), listener.place()));
  }

  /// One way between two machines, in nanoseconds: always the same for the pair.
  long latency(int one, int other) {
    long min = config.latencyMin().toNanos();
    long span = config.latencyMax().toNanos() - min;
    double share = (mix(seed ^ mix(pair(one, other))) >>> 11) * 0x1.0p-53;
    return min + (long) (share * span);
  }

  long jitter() {
    long max = config.jitterMax().toNanos();
    return max == 0 ? 0 : random.nextLong(max);
  }

  private long notice() {
    return random.nextLong(config.noticeMax().toNanos() + 1);
  }

  private static long pair(int one, int other) {
    return (long) Math.min(one, other) << 32 | Math.max(one, other);
  }

  /// Stafford's variant 13 of the 64-bit finaliser: every bit of the input moves every bit of the
  /// output.
  static long mix(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
