package io.pychain.simulator.world;

import io.pychain.core.message.Address;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The virtual network: links that behave as TCP connections do.
///
/// Frames of a link arrive in order, after the latency of the pair and some jitter, or not at all
/// once the link is broken. A pair that is cut has its links broken, which either end notices after
/// a while of its own, and cannot connect until it is mended.
///
/// A path that is blocked without a cut is silent: TCP keeps what is sent over it and tries again,
/// so it arrives once the path is free, unless the link has been given up by then.
public final class Network {
  private final Timeline timeline;
  private final NetworkConfig config;
  private final long seed;
  private final SplittableRandom random;
  private final Map<Address, Port> ports = new HashMap<>();
  private final Paths paths = new Paths();
  private final SequencedSet<LinkEnd> stalled = new LinkedHashSet<>();
  private Weather weather = Weather.FAIR;
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
    block(one, other);
    block(other, one);
    breakLinks(one, other);
  }

  /// Lets two machines connect again. What was broken stays broken.
  void mend(Port one, Port other) {
    unblock(one, other);
    unblock(other, one);
  }

  /// Lets nothing pass from one machine to another; the way back stays as it is.
  void block(Port from, Port to) {
    paths.block(from.place(), to.place());
  }

  /// Ends [#block].
  void unblock(Port from, Port to) {
    paths.unblock(from.place(), to.place());
    resume();
  }

  /// Lets nothing pass between machines of different groups, or everything if there is one group.
  ///
  /// @param groupOf each machine's group, by its place
  void divide(int[] groupOf) {
    paths.divide(groupOf);
    resume();
  }

  private void resume() {
    for (LinkEnd end : List.copyOf(stalled)) {
      if (carries(end)) {
        stalled.remove(end);
        end.resume();
      }
    }
  }

  /// Whether what is sent at this end gets through now.
  boolean carries(LinkEnd end) {
    return paths.pass(end.port().place(), end.peer().port().place());
  }

  /// Something waits at this end until its path is free.
  void stalls(LinkEnd end) {
    stalled.add(end);
  }

  /// Changes how well links carry frames.
  void turn(Weather next) {
    weather = next;
  }

  Weather weather() {
    return weather;
  }

  /// Whether something of this chance happens now.
  boolean strikes(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  /// How much later a duplicate or a frame out of line arrives.
  long delay() {
    return random.nextLong(weather.delayMax().toNanos() + 1);
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
    return paths.reach(one.place(), other.place());
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
    return min + (long) (distance(one, other) * span);
  }

  /// From 0, next to each other, to 1, at the other end of the world.
  private double distance(int one, int other) {
    double pair = share(pair(one, other));
    if (config.regions() == 1) {
      return pair;
    }
    int near = regionOf(one);
    int far = regionOf(other);
    double between = near == far ? 0 : share(-1 - pair(near, far));
    return (between * 7 + pair) / 8;
  }

  /// The region that a machine is in.
  int regionOf(int place) {
    return (int) (share(-1 - place) * config.regions());
  }

  /// A number from 0 to 1 that the seed gives to a key.
  private double share(long key) {
    return (mix(seed ^ mix(key)) >>> 11) * 0x1.0p-53;
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
